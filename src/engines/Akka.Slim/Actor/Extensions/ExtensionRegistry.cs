using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>
/// The extensions of one system; each is made once, even when several threads ask at the same time.
/// </summary>
internal sealed class ExtensionRegistry(ExtendedActorSystem system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();

    public object Register(IExtensionId id)
    {
        var slot =
            _extensions.GetOrAdd(id.ExtensionType, _ => new Lazy<object>(() => id.CreateExtension(system)));
        try
        {
            return slot.Value;
        }
        catch
        {
            // The next caller may have more luck.
            _extensions.TryRemove(KeyValuePair.Create(id.ExtensionType, slot));
            throw;
        }
    }

    public bool TryGet(Type type, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? extension)
    {
        extension = _extensions.TryGetValue(type, out var slot) ? slot.Value : null;
        return extension is not null;
    }

    public bool Has(Type type) => _extensions.ContainsKey(type);
}
