using System.IO.MemoryMappedFiles;

namespace TrainingCluster.MarketData.Store;

/// <summary>
/// A file mapped for reading. It holds no lock: the file may be replaced or deleted meanwhile, and what was mapped
/// stays readable until this is disposed.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _pointer;

    public MappedFile(string path)
    {
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Length = stream.Length;
        using var mapping = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None,
            leaveOpen: true);
        _view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _pointer = pointer + _view.PointerOffset;
    }

    public long Length { get; }

    public ReadOnlySpan<byte> Bytes(long offset, int length) => new(_pointer + offset, length);

    public T[] Copy<T>(long offset, int count)
        where T : unmanaged =>
        new ReadOnlySpan<T>(_pointer + offset, count).ToArray();

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
    }
}
