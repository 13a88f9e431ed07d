using System.Text;

namespace Petabridge.Cmd.Parsing;

/// <summary>
/// Splits a line into words at white space. Single or double quotes keep a word together; within double quotes and
/// outside of any, a backslash takes the next character as it is.
/// </summary>
internal static class CommandWords
{
    /// <exception cref="FormatException">A quote is not closed, or nothing follows a backslash.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, quote) = (false, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'')
            {
                word.Append(++i < line.Length ? line[i] : throw new FormatException("nothing follows the last '\\'"));
                isWord = true;
            }
            else if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                (quote, isWord) = (quote == '\0' ? c : '\0', true);
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (quote != '\0')
        {
            throw new FormatException($"a {quote} is not closed");
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
