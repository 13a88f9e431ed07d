using System.Buffers;
using System.Runtime.CompilerServices;

namespace TrainingCluster.MarketData.Csv;

/// <summary>Cuts a stream into lines without copying them. Line ends are LF or CR LF, also mixed.</summary>
internal sealed class CsvLines : IDisposable
{
    /// <summary>No line of bars is longer; what is longer is no file of bars.</summary>
    public const int LongestLine = 1 << 16;

    private readonly Stream _content;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
    private int _start;
    private int _end;
    private bool _finished;
    private long _lineFeeds;
    private long _bothEnds;

    public CsvLines(Stream content)
    {
        _content = content;
        Fill();
    }

    /// <summary>1-based number of the line last handed out.</summary>
    public long Number { get; private set; }

    /// <summary>Line ends seen: LF, CR LF.</summary>
    public (long LineFeed, long Both) Ends => (_lineFeeds, _bothEnds);

    /// <summary>Bytes read from the content so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>
    /// Whether the last answer was no because a line is longer than <see cref="LongestLine"/>.
    /// </summary>
    public bool TooLong { get; private set; }

    /// <summary>The bytes read but not yet handed out: at first the head of the content.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_start, _end - _start);

    public void Skip(int bytes) => _start += bytes;

    /// <param name="line">Without its line end; valid until the next call.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var length = Ahead.IndexOf((byte)'\n');
        if (length < 0 && !_finished)
        {
            Fill();
            length = Ahead.IndexOf((byte)'\n');
        }

        line = length < 0 ? Ahead : Ahead[..length];
        if (line.Length > LongestLine)
        {
            TooLong = true;
            Number++;
            return false;
        }

        if (length < 0 && line.IsEmpty)
        {
            return false;
        }

        _start += line.Length + (length < 0 ? 0 : 1);
        Number++;
        if (line.EndsWith("\r"u8))
        {
            _bothEnds++;
            line = line[..^1];
        }
        else
        {
            _lineFeeds += length < 0 ? 0 : 1;
        }

        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>
    /// Moves what is left to the front and reads until the buffer is full or the content ends.
    /// </summary>
    private void Fill()
    {
        Ahead.CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        while (_end < _buffer.Length)
        {
            var read = _content.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                _finished = true;
                return;
            }

            _end += read;
            BytesRead += read;
        }
    }
}
