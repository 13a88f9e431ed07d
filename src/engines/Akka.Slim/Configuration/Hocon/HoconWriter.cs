using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Writes a value as HOCON that reads back to the same value.</summary>
internal static class HoconWriter
{
    private const int IndentWidth = 2;

    public static string Write(HoconValue value)
    {
        var text = new StringBuilder();
        if (value.IsObject())
        {
            Members(text, value, 0);
        }
        else
        {
            Value(text, value, 0);
        }

        return text.ToString();
    }

    /// <summary>The value on one line, for error messages.</summary>
    public static string Inline(HoconValue value)
    {
        if (value.IsObject())
        {
            return "an object";
        }

        return value.IsArray()
            ? $"[{string.Join(", ", value.GetArray().Select(Inline))}]"
            : Quote(value.GetString() ?? "null");
    }

    private static void Members(StringBuilder text, HoconValue value, int indent)
    {
        foreach (var (key, member) in value.GetObject().Items)
        {
            text.Append(' ', indent).Append(HoconPath.NeedsQuotes(key) ? Quote(key) : key);
            text.Append(member.IsObject() ? " " : " = ");
            Value(text, member, indent);
            text.Append('\n');
        }
    }

    private static void Value(StringBuilder text, HoconValue value, int indent)
    {
        if (value.IsObject())
        {
            text.Append("{\n");
            Members(text, value, indent + IndentWidth);
            text.Append(' ', indent).Append('}');
        }
        else if (value.IsArray())
        {
            text.Append('[');
            var first = true;
            foreach (var item in value.GetArray())
            {
                text.Append(first ? "" : ", ");
                Value(text, item, indent + IndentWidth);
                first = false;
            }

            text.Append(']');
        }
        else
        {
            var scalar = value.GetString();
            text.Append(scalar is null ? "null" : IsPlain(scalar) ? scalar : Quote(scalar));
        }
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && text != "null"
            && text.AsSpan().IndexOfAnyExcept(HoconReader.PlainTextCharacters) < 0;

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
