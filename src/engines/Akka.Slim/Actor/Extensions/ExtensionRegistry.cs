using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>
/// The extensions of one system; each is made once, even when several threads ask at the same time.
/// </summary>
internal sealed class ExtensionRegistry(ExtendedActorSystem system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();

    /// <summary>
    /// An extension that could not be made fails in the same way ever after: a second attempt would stumble over
    /// what the first has left.
    /// </summary>
    public object Register(IExtensionId id) => _extensions.GetOrAdd(
        id.ExtensionType, _ => new Lazy<object>(() => id.CreateExtension(system))).Value;

    public bool TryGet(Type type, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? extension)
    {
        extension = _extensions.TryGetValue(type, out var slot) ? slot.Value : null;
        return extension is not null;
    }

    public bool Has(Type type) => _extensions.ContainsKey(type);
}
