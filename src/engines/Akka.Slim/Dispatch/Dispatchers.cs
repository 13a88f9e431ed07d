using System.Collections.Concurrent;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>
/// The dispatchers of one actor system, made on first use from the configuration at their id.
/// </summary>
public sealed class Dispatchers
{
    /// <value>akka.actor.default-dispatcher</value>
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    /// <value>akka.actor.internal-dispatcher</value>
    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private const int AliasesMax = 20;

    private readonly ConcurrentDictionary<string, MessageDispatcher> _dispatchers = new();
    private readonly Actor.Settings _settings;
    private readonly Func<string, int, MessageDispatcher>? _override;

    internal Dispatchers(Actor.Settings settings, Func<string, int, MessageDispatcher>? @override)
    {
        _settings = settings;
        _override = @override;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    public MessageDispatcher DefaultGlobalDispatcher { get; }

    /// <summary>Read anew each time: extensions and test kits add defaults.</summary>
    private Config Config => _settings.Config;

    public bool HasDispatcher(string id) => _dispatchers.ContainsKey(id) || Config.HasPath(id);

    /// <exception cref="ConfigurationException">Nothing is configured at the id, or its type is
    /// unknown.</exception>
    public MessageDispatcher Lookup(string dispatcherName) => _dispatchers.GetOrAdd(dispatcherName, Make);

    internal void Shutdown()
    {
        foreach (var dispatcher in _dispatchers.Values)
            dispatcher.Shutdown();
    }

    /// <summary>Where a path stands in place of settings, the dispatcher at that path.</summary>
    private MessageDispatcher Make(string id)
    {
        var concrete = id;
        for (var hops = 0; Config.GetValue(concrete) is { } value && value.IsString(); hops++)
        {
            if (hops == AliasesMax)
            {
                throw new ConfigurationException(
                    "Could not find a concrete dispatcher config after following "
                    + $"{AliasesMax} aliases from {id}.");
            }
            concrete = value.GetString()!;
        }
        return concrete == id ? MakeConcrete(id) : Lookup(concrete);
    }

    private MessageDispatcher MakeConcrete(string id)
    {
        if (!Config.HasPath(id))
            throw new ConfigurationException(
                $"Dispatcher '{id}' is not configured; add '{id} {{ type = … }}'.");
        var config = Config.GetConfig(id)!;
        var throughput = config.GetInt("throughput", Config.GetInt(DefaultDispatcherId + ".throughput", 30));
        if (_override is not null)
            return _override(id, throughput);
        var type = config.GetString("type", "Dispatcher");
        return type switch
        {
            "Dispatcher" or "TaskDispatcher" or "ForkJoinDispatcher" => new PoolDispatcher(id, throughput),
            "PinnedDispatcher" => new PinnedDispatcher(id, throughput),
            "CallingThreadDispatcher" => new CallingThreadDispatcher(id),
            _ => throw new ConfigurationException(
                $"{id}.type is '{type}'; it must be Dispatcher, TaskDispatcher, ForkJoinDispatcher or "
                + "PinnedDispatcher."),
        };
    }
}
