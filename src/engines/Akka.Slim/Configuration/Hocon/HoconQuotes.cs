using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Quoted and triple-quoted strings.</summary>
internal static class HoconQuotes
{
    private const string TripleQuote = "\"\"\"";
    private const int UnicodeEscapeDigits = 4;

    public static string Read(HoconReader reader) =>
        reader.StartsWith(TripleQuote) ? ReadTriple(reader) : ReadSingle(reader);

    private static string ReadTriple(HoconReader reader)
    {
        var start = reader.Position;
        reader.Skip(TripleQuote.Length);
        var text = new StringBuilder();
        while (!reader.StartsWith(TripleQuote) || reader.StartsWith(TripleQuote + "\""))
        {
            if (reader.AtEnd)
            {
                throw start.Error("the string opened here by three quotes is not closed");
            }

            text.Append(reader.Take());
        }

        reader.Skip(TripleQuote.Length);
        return text.ToString();
    }

    private static string ReadSingle(HoconReader reader)
    {
        var start = reader.Position;
        reader.Take();
        var text = new StringBuilder();
        while (reader.Current != '"')
        {
            if (reader.AtEnd || reader.AtLineEnd)
            {
                throw start.Error("the string opened here is not closed on its line");
            }

            text.Append(reader.Current == '\\' ? ReadEscape(reader) : reader.Take());
        }

        reader.Take();
        return text.ToString();
    }

    private static char ReadEscape(HoconReader reader)
    {
        var start = reader.Position;
        reader.Take();
        var escaped = reader.Take();
        return escaped switch
        {
            '"' or '\\' or '/' => escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => ReadUnicode(reader, start),
            _ => throw start.Error(
                "unknown escape; write \\\\ for a backslash, or put the string in three quotes"),
        };
    }

    private static char ReadUnicode(HoconReader reader, HoconPosition start)
    {
        var digits = new StringBuilder(UnicodeEscapeDigits);
        while (digits.Length < UnicodeEscapeDigits && char.IsAsciiHexDigit(reader.Current))
        {
            digits.Append(reader.Take());
        }

        return digits.Length == UnicodeEscapeDigits
            ? (char)ushort.Parse(
                digits.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw start.Error("\\u must be followed by four hexadecimal digits");
    }
}
