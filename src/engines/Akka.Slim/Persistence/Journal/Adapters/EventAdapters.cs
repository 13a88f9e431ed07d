using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Util;

namespace Akka.Persistence.Journal;

/// <summary>
/// The adapters of one journal: <c>event-adapters</c> names them, <c>event-adapter-bindings</c> says which
/// classes of events they take. The binding of the most specific class counts.
/// </summary>
public class EventAdapters
{
    private readonly IReadOnlyList<(Type Type, IEventAdapter Adapter)> _bindings;
    private readonly ConcurrentDictionary<Type, IEventAdapter> _byType = new();

    private EventAdapters(IReadOnlyList<(Type, IEventAdapter)> bindings) => _bindings = bindings;

    /// <exception cref="ArgumentException">A binding names no adapter or no class.</exception>
    public static EventAdapters Create(ExtendedActorSystem system, Config config)
    {
        var adapters = Entries(config, "event-adapters")
            .ToDictionary(entry => entry.Key, entry => Instantiate(entry.Value.GetString() ?? "", system));
        var bindings = new List<(Type, IEventAdapter)>();
        foreach (var (typeName, names) in Entries(config, "event-adapter-bindings"))
        {
            var bound = (names.IsString() ? [names.GetString()!] : names.GetStringList())
                .Select(name => adapters.GetValueOrDefault(name) ?? throw new ArgumentException(
                    $"{typeName} was bound to undefined event-adapter: {name}; "
                    + $"event-adapters has [{string.Join(", ", adapters.Keys)}]."))
                .ToArray();
            var type = TypeLookup.Find(typeName)
                ?? throw new ArgumentException(
                    $"event-adapter-bindings has {typeName}; no such class was found.");
            bindings.Add((type, Combine(typeName, bound)));
        }
        return new EventAdapters(bindings);
    }

    public IEventAdapter Get<T>() => Get(typeof(T));

    /// <summary>The adapter bound to the class or the nearest of its bases; else one that changes nothing.</summary>
    public virtual IEventAdapter Get(Type type) =>
        _bindings.Count == 0 ? IdentityEventAdapter.Instance : _byType.GetOrAdd(type, Find);

    private static IEnumerable<KeyValuePair<string, HoconValue>> Entries(Config config, string path) =>
        config.GetConfig(path)?.AsEnumerable() ?? [];

    private static object Instantiate(string className, ExtendedActorSystem system)
    {
        var type = TypeLookup.Find(className)
            ?? throw new ArgumentException($"event-adapters has {className}; no such class was found.");
        var takesSystem = type.GetConstructor([typeof(ExtendedActorSystem)]) is not null;
        var adapter = takesSystem ? Activator.CreateInstance(type, system) : Activator.CreateInstance(type);
        return adapter is IWriteEventAdapter or IReadEventAdapter
            ? adapter
            : throw new ArgumentException(
                $"{className} is no event adapter; it must be an {nameof(IWriteEventAdapter)} or an "
                + $"{nameof(IReadEventAdapter)}.");
    }

    private static IEventAdapter Combine(string typeName, object[] adapters)
    {
        if (adapters is [IEventAdapter only])
            return only;
        var writers = adapters.OfType<IWriteEventAdapter>().ToArray();
        return writers.Length <= 1
            ? new BoundEventAdapter(writers.SingleOrDefault(), [.. adapters.OfType<IReadEventAdapter>()])
            : throw new ArgumentException(
                $"{typeName} is bound to {writers.Length} adapters that write; one at most can.");
    }

    private IEventAdapter Find(Type type)
    {
        var fitting = _bindings.Where(each => each.Type.IsAssignableFrom(type)).ToArray();
        foreach (var (candidate, adapter) in fitting)
        {
            if (!fitting.Any(other => other.Type != candidate && candidate.IsAssignableFrom(other.Type)))
                return adapter;
        }
        return IdentityEventAdapter.Instance;
    }
}
