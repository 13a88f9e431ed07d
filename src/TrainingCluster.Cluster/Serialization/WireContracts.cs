using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Registry.Rules;

namespace TrainingCluster.Cluster.Serialization;

/// <summary>
/// Every message with its permanent wire name. A name is never given to another type and a stored event's
/// name never goes away; readers of a new form ship before its writers. The list in <c>contracts.txt</c>
/// beside this file says the same, and a test compares the two.
/// </summary>
public static class WireContracts
{
    /// <summary>
    /// Messages over half of what an association carries in one frame (128,000 bytes) would be dropped
    /// unseen.
    /// </summary>
    public const int MessageBytesMax = 64 * 1024;

    private static readonly ImmutableArray<WireContract> Contracts =
    [
        Of<RunEvents.Activated>("run.event.activated"),
        Of<RunEvents.Submitted>("run.event.submitted"),
        Of<RunEvents.JobAssigned>("run.event.job-assigned"),
        Of<RunEvents.JobInputsMissing>("run.event.job-inputs-missing"),
        Of<RunEvents.JobRecovering>("run.event.job-recovering"),
        Of<RunEvents.JobSucceeded>("run.event.job-succeeded"),
        Of<RunEvents.JobFailed>("run.event.job-failed"),
        Of<RunEvents.JobPreempted>("run.event.job-preempted"),
        Of<RunEvents.JobCancelled>("run.event.job-cancelled"),
        Of<RunEvents.Paused>("run.event.paused"),
        Of<RunEvents.Interrupted>("run.event.interrupted"),
        Of<RunEvents.Resumed>("run.event.resumed"),
        Of<RunEvents.Ended>("run.event.ended"),
        Of<RunEvents.CommandTaken>("run.event.command-taken"),
        Of<RunEvents.Prioritised>("run.event.prioritised"),
        Of<RunEvents.JobPaused>("run.event.job-paused"),
        Of<RunEvents.JobResumed>("run.event.job-resumed"),
        Of<RunEvents.JobRetried>("run.event.job-retried"),
        Of<RunEvents.JobQuarantined>("run.event.job-quarantined"),
        Of<RunCommands.Submit>("run.command.submit"),
        Of<RunCommands.Pause>("run.command.pause"),
        Of<RunCommands.Resume>("run.command.resume"),
        Of<RunCommands.Cancel>("run.command.cancel"),
        Of<RunCommands.Prioritise>("run.command.prioritise"),
        Of<RunCommands.OfJob>("run.command.of-job"),
        Of<RunQueries.GetRun>("run.query.get-run"),
        Of<RunQueries.GetRuns>("run.query.get-runs"),
        Of<RunQueries.GetNodes>("run.query.get-nodes"),
        Of<RunQueries.Explain>("run.query.explain"),
        Of<RunQueries.GetStatus>("run.query.get-status"),
        Of<RunQueries.GetCommands>("run.query.get-commands"),
        Of<RunAnswers.Accepted>("run.answer.accepted"),
        Of<RunAnswers.Refused>("run.answer.refused"),
        Of<RunAnswers.Found>("run.answer.found"),
        Of<RunAnswers.Listed>("run.answer.listed"),
        Of<RunAnswers.Nodes>("run.answer.nodes"),
        Of<RunAnswers.Explained>("run.answer.explained"),
        Of<RunAnswers.Status>("run.answer.status"),
        Of<RunAnswers.Commands>("run.answer.commands"),
        Of<RunChanged>("run.news.run-changed"),
        Of<JobChanged>("run.news.job-changed"),
        Of<JobAdvanced>("run.news.job-advanced"),
        Of<JobCommands.Start>("job.command.start"),
        Of<JobCommands.Stop>("job.command.stop"),
        Of<JobEvents.Accepted>("job.event.accepted"),
        Of<JobEvents.Recovering>("job.event.recovering"),
        Of<JobEvents.Succeeded>("job.event.succeeded"),
        Of<JobEvents.Failed>("job.event.failed"),
        Of<JobEvents.Stopped>("job.event.stopped"),
        Of<JobAnswers.Recorded>("job.answer.recorded"),
        Of<JobAnswers.Superseded>("job.answer.superseded"),
        Of<NodeEvents.Announced>("node.event.announced"),
        Of<NodeEvents.State>("node.event.state"),
        Of<NodeCommands.Cordon>("node.command.cordon"),
        Of<NodeCommands.Uncordon>("node.command.uncordon"),
        Of<NodeCommands.Report>("node.command.report"),
        Of<WorkerCommands.Start>("worker.command.start"),
        Of<WorkerCommands.Stop>("worker.command.stop"),
        Of<WorkerCommands.Release>("worker.command.release"),
        Of<WorkerEvents.Attached>("worker.event.attached"),
        Of<WorkerEvents.Refused>("worker.event.refused"),
        Of<WorkerEvents.Recovering>("worker.event.recovering"),
        Of<WorkerEvents.Finished>("worker.event.finished"),
        Of<WorkerEvents.Failed>("worker.event.failed"),
        Of<WorkerEvents.Stopped>("worker.event.stopped"),
        Of<RegistryCommands.Register>("registry.command.register"),
        Of<RegistryQueries.GetVersion>("registry.query.get-version"),
        Of<RegistryQueries.GetTrials>("registry.query.get-trials"),
        Of<RegistryQueries.ListVersions>("registry.query.list-versions"),
        Of<RegistryQueries.GetStatus>("registry.query.get-status"),
        Of<RegistryAnswers.Registered>("registry.answer.registered"),
        Of<RegistryAnswers.Refused>("registry.answer.refused"),
        Of<RegistryAnswers.Found>("registry.answer.found"),
        Of<RegistryAnswers.Trials>("registry.answer.trials"),
        Of<RegistryAnswers.Listed>("registry.answer.listed"),
        Of<RegistryAnswers.Status>("registry.answer.status"),
        Of<VersionRegistered>("registry.event.version-registered"),
        Of<TrialCounted>("registry.event.trial-counted"),
    ];

    private static readonly Dictionary<string, WireContract> ByName =
        Contracts.ToDictionary(contract => contract.Name, StringComparer.Ordinal);

    private static readonly Dictionary<Type, WireContract> ByType =
        Contracts.ToDictionary(contract => contract.Type);

    /// <summary>In the order of the areas of the product.</summary>
    public static ImmutableArray<WireContract> All => Contracts;

    /// <exception cref="ArgumentException">The type is no message.</exception>
    public static string NameOf(Type type) => ByType.TryGetValue(type, out var contract)
        ? contract.Name
        : throw new ArgumentException($"{type} has no wire name; add it to {nameof(WireContracts)}");

    public static byte[] Write(object message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, InfoOf(message.GetType()));

    /// <exception cref="JsonException">The bytes are not of the named message.</exception>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static object Read(ReadOnlySpan<byte> utf8, string name) =>
        ByName.TryGetValue(name, out var contract)
            ? JsonSerializer.Deserialize(utf8, InfoOf(contract.Type))
                ?? throw new JsonException($"the message {name} is null")
            : throw new ArgumentException(
                $"the wire name '{name}' is unknown to this version of the program");

    private static WireContract Of<T>(string name) => new(name, typeof(T));

    private static JsonTypeInfo InfoOf(Type type) =>
        ClusterJson.Default.GetTypeInfo(type)
        ?? throw new ArgumentException($"{type} has no JSON form; add it to {nameof(ClusterJson)}");
}

/// <summary>A message type and its permanent name.</summary>
public sealed record WireContract(string Name, Type Type);
