using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Telemetry;

/// <summary>
/// Figures of the cluster as one of its members sees them: the state when it is asked for, and counts of the news since
/// it was made. Labels are kinds and states, never runs, jobs or versions.
/// </summary>
internal sealed class ClusterMeter : IDisposable
{
    public const string Name = "trainctl";

    private const string Kind = "trainctl.job.kind";
    private const string State = "trainctl.job.state";
    private const string SlotState = "trainctl.cluster.slot.state";

    private readonly ConcurrentDictionary<(RunId Run, string Job), long> _started = [];
    private readonly TimeProvider _clock;
    private readonly IDisposable _listening;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _restarts;
    private readonly Counter<long> _verifyFailures;
    private volatile Sample? _sample;

    public ClusterMeter(ClusterClient client, TimeProvider clock)
    {
        _clock = clock;
        Meter = new Meter(Name);
        _duration = Meter.CreateHistogram<double>("trainctl.job.duration", "s", "From a job's start to its end");
        _restarts = Meter.CreateCounter<long>("trainctl.job.restart", "{restart}", "Attempts after a job's first");
        _verifyFailures = Meter.CreateCounter<long>(
            "trainctl.registry.verify.failure", "{failure}", "Files of versions that were not what was registered");
        Meter.CreateObservableUpDownCounter("trainctl.job.active", Jobs, "{job}", "Jobs that have not ended");
        Meter.CreateObservableUpDownCounter("trainctl.cluster.slot", Slots, "{slot}", "Places for jobs");
        Meter.CreateObservableGauge("trainctl.cluster.node", Nodes, "{node}", "Members of the cluster");
        Meter.CreateObservableGauge(
            "trainctl.run.open", () => Of(s => s.Status.RunsOpen), "{run}", "Runs that have not ended");
        Meter.CreateObservableGauge(
            "trainctl.registry.version", () => Of(s => s.Versions), "{version}", "Registered versions");
        Meter.CreateObservableGauge(
            "trainctl.coordinator.epoch", () => Of(s => s.Status.Fence), null,
            "Raised by each take-over of the coordinator");
        Meter.CreateObservableGauge(
            "trainctl.coordinator.answer.duration", () => Of(s => s.AnswerSeconds), "s",
            "Of one question through the store");
        Meter.CreateObservableGauge(
            "trainctl.cluster.up", () => _sample is null ? 0 : 1, null, "1 where the coordinator answers");
        _listening = client.Listen(Take);
    }

    public Meter Meter { get; }

    /// <summary>Asks the cluster; without an answer only what is counted here is told.</summary>
    public async Task RefreshAsync(ClusterClient client, CancellationToken cancellation)
    {
        try
        {
            var begun = _clock.GetTimestamp();
            var status = await client.CoordinatorAsync(cancellation);
            var took = _clock.GetElapsedTime(begun);
            var registry = await client.RegistryAsync(cancellation);
            _sample = new Sample(status, registry.Versions, took.TotalSeconds, client.Members);
        }
        catch (Exception silent) when (silent is OperationCanceledException or NoAnswerException)
        {
            _sample = null;
        }
    }

    public void CountVerifyFailure(string reason) =>
        _verifyFailures.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose()
    {
        _listening.Dispose();
        Meter.Dispose();
    }

    private void Take(RunNews news)
    {
        if (news is not JobChanged job)
        {
            return;
        }

        var kind = new KeyValuePair<string, object?>(Kind, job.Job.Split('/')[0]);
        switch (job.Status)
        {
            case JobStatus.Running or JobStatus.Recovering:
                if (!_started.TryAdd((job.Run, job.Job), _clock.GetTimestamp()))
                {
                    var reason = job.Status == JobStatus.Recovering ? "nan" : "again";
                    _restarts.Add(1, kind, new("reason", reason));
                }

                break;
            case JobStatus.Queued or JobStatus.Paused when job.Attempt > 0:
                _restarts.Add(1, kind, new("reason", job.Reason is Reasons.Requested or Reasons.NodeLost
                    or Reasons.ProcessEnded ? "preemption" : "failure"));
                _started.TryRemove((job.Run, job.Job), out _);
                break;
            case var ended when ended.HasEnded() && _started.TryRemove((job.Run, job.Job), out var begun):
                _duration.Record(
                    _clock.GetElapsedTime(begun).TotalSeconds, kind, new("outcome", ended.Text()));
                break;
        }
    }

    private IEnumerable<Measurement<T>> Of<T>(Func<Sample, T> figure)
        where T : struct =>
        _sample is { } sample ? [new Measurement<T>(figure(sample))] : [];

    private IEnumerable<Measurement<int>> Jobs() => _sample is not { Status: var status } ? [] :
    [
        new(status.JobsReady, new KeyValuePair<string, object?>(State, "ready")),
        new(status.JobsBlocked, new KeyValuePair<string, object?>(State, "blocked")),
        new(status.JobsActive, new KeyValuePair<string, object?>(State, "running")),
        new(status.JobsPaused, new KeyValuePair<string, object?>(State, "paused")),
    ];

    private IEnumerable<Measurement<int>> Slots() => _sample is not { Status: var status } ? [] :
    [
        new(status.SlotsBusy, new KeyValuePair<string, object?>(SlotState, "busy")),
        new(status.Slots - status.SlotsBusy, new KeyValuePair<string, object?>(SlotState, "free")),
    ];

    private IEnumerable<Measurement<int>> Nodes() => _sample is not { } sample ? [] :
        sample.Members
            .GroupBy(member => member.IsUnreachable ? "unreachable" : member.Status)
            .Select(group => new Measurement<int>(
                group.Count(), new KeyValuePair<string, object?>("trainctl.cluster.node.state", group.Key)));

    private sealed record Sample(
        CoordinatorStatus Status, int Versions, double AnswerSeconds, IReadOnlyList<MemberLine> Members);
}
