using System.Runtime.CompilerServices;

namespace TrainingCluster.MarketData.Csv;

/// <summary>
/// Cuts a line into fields (RFC 4180, within one line): trims blanks, unwraps double quotes.
/// </summary>
internal sealed class CsvFields(byte separator)
{
    private (int Start, int Length)[] _fields = new (int, int)[16];

    /// <summary>Fields of the line last split.</summary>
    public int Count { get; private set; }

    /// <summary>False if a quote stands where none may, or is not closed.</summary>
    // Compiled once at full strength: the first file of a process is often the only one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Split(ReadOnlySpan<byte> line)
    {
        Count = 0;
        if (line.Contains((byte)'"'))
        {
            return SplitQuoted(line);
        }

        var start = 0;
        var separatorByte = separator;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == separatorByte)
            {
                Add(line, start, i);
                start = i + 1;
            }
        }

        Add(line, start, line.Length);
        return true;
    }

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line, int field) =>
        line.Slice(_fields[field].Start, _fields[field].Length);

    private bool SplitQuoted(ReadOnlySpan<byte> line)
    {
        var start = 0;
        while (true)
        {
            var rest = line[start..];
            var open = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (open < 0 || rest[open] != '"')
            {
                var end = rest.IndexOf(separator);
                var field = end < 0 ? rest : rest[..end];
                Add(line, start, start + field.Length);
                if (field.Contains((byte)'"') || end < 0)
                {
                    return !field.Contains((byte)'"');
                }

                start += end + 1;
                continue;
            }

            var close = rest[(open + 1)..].IndexOf((byte)'"');
            if (close < 0)
            {
                return false;
            }

            Add(line, start + open + 1, start + open + 1 + close);
            var next = start + open + close + 2;
            var gap = line[next..].IndexOfAnyExcept((byte)' ');
            if (gap < 0 || line[next + gap] != separator)
            {
                return gap < 0;
            }

            start = next + gap + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ReadOnlySpan<byte> line, int start, int end)
    {
        while (start < end && line[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        while (end > start && line[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        if (Count == _fields.Length)
        {
            Array.Resize(ref _fields, 2 * _fields.Length);
        }

        _fields[Count] = (start, end - start);
        Count++;
    }
}
