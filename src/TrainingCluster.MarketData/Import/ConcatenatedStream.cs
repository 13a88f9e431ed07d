namespace TrainingCluster.MarketData.Import;

/// <summary>Bytes already read, then the rest of the stream they came from.</summary>
internal sealed class ConcatenatedStream(byte[] head, Stream rest) : Stream
{
    private int _position;

    /// <summary>Bytes handed out so far.</summary>
    public long Handed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position == head.Length)
        {
            var read = rest.Read(buffer, offset, count);
            Handed += read;
            return read;
        }

        var length = Math.Min(count, head.Length - _position);
        head.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        Handed += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
