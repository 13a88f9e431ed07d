using System.Text;

namespace TrainingCluster.MarketData.Import;

/// <summary>Lines of a text whose ends may be LF, CR LF or CR, also mixed.</summary>
internal sealed class ImportLines(TextReader reader)
{
    /// <summary>No line of bars has more characters.</summary>
    public const int LongestLine = 1 << 16;

    private readonly StringBuilder _line = new();
    private readonly char[] _buffer = new char[1 << 14];
    private int _start;
    private int _end;

    /// <summary>1-based number of the line last handed out.</summary>
    public long Number { get; private set; }

    public bool TooLong { get; private set; }

    /// <summary>Line ends seen: LF, CR LF, CR.</summary>
    public (long LineFeed, long Both, long Return) Ends { get; private set; }

    /// <summary>Null at the end, or where a line is too long to be one of bars.</summary>
    public string? Next()
    {
        _line.Clear();
        var any = false;
        while (Peek() is >= 0 and var character)
        {
            any = true;
            _start++;
            if (character is '\n' or '\r')
            {
                CountEnd((char)character);
                Number++;
                return _line.ToString();
            }

            _line.Append((char)character);
            if (_line.Length > LongestLine)
            {
                TooLong = true;
                Number++;
                return null;
            }
        }

        Number += any ? 1 : 0;
        return any ? _line.ToString() : null;
    }

    private void CountEnd(char character)
    {
        if (character == '\r' && Peek() == '\n')
        {
            _start++;
            Ends = Ends with { Both = Ends.Both + 1 };
        }
        else if (character == '\r')
        {
            Ends = Ends with { Return = Ends.Return + 1 };
        }
        else
        {
            Ends = Ends with { LineFeed = Ends.LineFeed + 1 };
        }
    }

    private int Peek()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = reader.Read(_buffer, 0, _buffer.Length);
        }

        return _end == 0 ? -1 : _buffer[_start];
    }
}
