using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;
using Akka.Util;

namespace Akka.Persistence;

/// <summary>
/// The journals and snapshot stores of one actor system, each started when it is first asked for.
/// </summary>
public class PersistenceExtension : IExtension
{
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotFallback = "akka.persistence.snapshot-store-plugin-fallback";
    private const string NoSnapshotStore = "akka.persistence.no-snapshot-store";

    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _plugins = new();
    private readonly ConcurrentDictionary<string, EventAdapters> _adapters = new();
    private readonly Lazy<IActorRef> _permitter;
    private readonly Lazy<IStashOverflowStrategy> _overflowStrategy;
    private readonly string _incarnation;
    private int _writers;

    public PersistenceExtension(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(Persistence.DefaultConfig());
        _incarnation = SystemIncarnation.Of(system).Name;
        _permitter = new Lazy<IActorRef>(() => system.SystemActorOf(
            Akka.Persistence.RecoveryPermitter.Props(
                Setting.GetInt("akka.persistence.max-concurrent-recoveries")),
            "recoveryPermitter"));
        _overflowStrategy = new Lazy<IStashOverflowStrategy>(MakeOverflowStrategy);
    }

    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy => _overflowStrategy.Value;

    /// <summary>Whether plugins publish what they have been told to do; for tests.</summary>
    internal bool PublishPluginCommands => Setting.GetBoolean("akka.persistence.publish-plugin-commands");

    internal IActorRef RecoveryPermitter => _permitter.Value;

    internal TimeProvider Clock => SystemIncarnation.Of(_system).Clock;

    internal DateTime UtcNow => Clock.GetUtcNow().UtcDateTime;

    private Config Setting => _system.Settings.Config;

    /// <summary>A persistence id for an actor: its path without the address.</summary>
    public string PersistenceId(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    /// <exception cref="ConfigurationException">Nothing usable is configured at the path.</exception>
    public IActorRef JournalFor(string? journalPluginId) =>
        PluginFor(JournalId(journalPluginId), JournalFallback);

    /// <exception cref="ConfigurationException">Nothing usable is configured at the path.</exception>
    public IActorRef SnapshotStoreFor(string? snapshotPluginId)
    {
        var id = string.IsNullOrEmpty(snapshotPluginId)
            ? Setting.GetString("akka.persistence.snapshot-store.plugin")
            : snapshotPluginId;
        return PluginFor(string.IsNullOrEmpty(id) ? NoSnapshotStore : id, SnapshotFallback);
    }

    /// <summary>The event adapters of a journal.</summary>
    public EventAdapters AdaptersFor(string journalPluginId) => _adapters.GetOrAdd(
        JournalId(journalPluginId),
        id => EventAdapters.Create(_system, PluginConfig(id, JournalFallback)));

    /// <summary>Those of the journal that runs as this actor.</summary>
    internal EventAdapters AdaptersFor(IActorRef plugin) => AdaptersFor(plugin.Path.Name);

    internal Config JournalConfigFor(string? journalPluginId) =>
        PluginConfig(JournalId(journalPluginId), JournalFallback);

    /// <summary>The settings of the journal that runs as this actor.</summary>
    internal Config JournalConfigOf(IActorRef plugin) => PluginConfig(plugin.Path.Name, JournalFallback);

    /// <summary>The settings of the snapshot store that runs as this actor.</summary>
    internal Config SnapshotConfigOf(IActorRef plugin) => PluginConfig(plugin.Path.Name, SnapshotFallback);

    /// <summary>
    /// A number and a name for a new incarnation of a persistent actor; the name is unique in the cluster.
    /// </summary>
    internal (int InstanceId, string WriterGuid) NextWriter()
    {
        var number = Interlocked.Increment(ref _writers);
        return (number, $"{_incarnation}-{number}");
    }

    private string JournalId(string? id)
    {
        var chosen = string.IsNullOrEmpty(id) ? Setting.GetString("akka.persistence.journal.plugin") : id;
        return string.IsNullOrEmpty(chosen)
            ? throw new ConfigurationException(
                "akka.persistence.journal.plugin is empty; it must be the configuration path of a journal.")
            : chosen;
    }

    private IActorRef PluginFor(string path, string fallbackPath) =>
        _plugins.GetOrAdd(path, id => new Lazy<IActorRef>(() => StartPlugin(id, fallbackPath))).Value;

    private Config PluginConfig(string path, string fallbackPath)
    {
        var own = Setting.GetConfig(path) ?? throw new ConfigurationException(
            $"{path} is named as a persistence plugin, but nothing is configured there.");
        return Setting.GetConfig(fallbackPath) is { } fallback ? own.WithFallback(fallback) : own;
    }

    private IActorRef StartPlugin(string path, string fallbackPath)
    {
        var config = PluginConfig(path, fallbackPath);
        var className = config.GetString("class");
        if (string.IsNullOrEmpty(className))
        {
            throw new ConfigurationException($"{path}.class is empty; it must name the plugin's class.");
        }

        var type = TypeLookup.Find(className) ?? throw new ConfigurationException(
            $"{path}.class is {className}; no such class was found.");
        var takesConfig = type.GetConstructor([typeof(Config)]) is not null;
        var props = takesConfig ? Props.Create(type, config) : Props.Create(type);
        var dispatcher = config.GetString("plugin-dispatcher");
        return _system.SystemActorOf(dispatcher is null ? props : props.WithDispatcher(dispatcher), path);
    }

    private IStashOverflowStrategy MakeOverflowStrategy()
    {
        const string Key = "akka.persistence.internal-stash-overflow-strategy";
        var name = Setting.GetString(Key) ?? "";
        return TypeLookup.Find(name) is { } type
            && Activator.CreateInstance(type) is IStashOverflowStrategyConfigurator configurator
                ? configurator.Create(Setting)
                : throw new ConfigurationException(
                    $"{Key} is {name}; it must name an {nameof(IStashOverflowStrategyConfigurator)}.");
    }
}
