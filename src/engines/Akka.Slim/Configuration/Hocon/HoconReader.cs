using System.Buffers;

namespace Akka.Configuration.Hocon;

/// <summary>The characters of a configuration text, with line and column.</summary>
internal sealed class HoconReader(string text)
{
    public const char End = '\0';

    /// <summary>What a key may hold without quotes when written back.</summary>
    public static readonly SearchValues<char> PlainKeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>What a value may hold without quotes when written back.</summary>
    public static readonly SearchValues<char> PlainTextCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private static readonly SearchValues<char> NotInPlainText = SearchValues.Create("$\"{}[]:=,#`^?!@*&\\");

    private int _index;
    private int _line = 1;
    private int _lineStart;

    public HoconPosition Position => new(_line, _index - _lineStart + 1);

    public bool AtEnd => _index >= text.Length;

    public char Current => AtEnd ? End : text[_index];

    public bool AtLineEnd => Current is '\n' or '\r';

    public bool AtSpace => !AtEnd && !AtLineEnd && (char.IsWhiteSpace(Current) || Current == '\uFEFF');

    public bool AtComment => Current == '#' || StartsWith("//");

    /// <summary>
    /// True where plain text goes on: no space, no comment, none of the reserved characters.
    /// </summary>
    public bool AtPlainText =>
        !AtEnd && !AtLineEnd && !AtSpace && !AtComment && !NotInPlainText.Contains(Current);

    public bool StartsWith(string prefix) =>
        string.CompareOrdinal(text, _index, prefix, 0, prefix.Length) == 0;

    public char Take()
    {
        var taken = Current;
        _index++;
        if (taken == '\n')
        {
            _line++;
            _lineStart = _index;
        }

        return taken;
    }

    public void Skip(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Take();
        }
    }

    public string TakeWhile(Func<HoconReader, bool> condition)
    {
        var start = _index;
        while (!AtEnd && condition(this))
        {
            Take();
        }

        return text[start.._index];
    }

    /// <summary>Skips spaces, line ends and comments; true where a line ended among them.</summary>
    public bool SkipBlank()
    {
        var lineEnded = false;
        while (!AtEnd)
        {
            if (AtComment)
            {
                TakeWhile(static reader => !reader.AtLineEnd);
            }
            else if (AtLineEnd)
            {
                lineEnded = true;
                Take();
            }
            else if (AtSpace)
            {
                Take();
            }
            else
            {
                break;
            }
        }

        return lineEnded;
    }

    /// <summary>What stands here, in words, for messages.</summary>
    public string Describe() =>
        AtEnd ? "the end of the text" : AtLineEnd ? "the end of the line" : $"'{Current}'";

    public ConfigurationException Unexpected(string expected) =>
        Position.Error($"found {Describe()} where {expected} was expected");
}
