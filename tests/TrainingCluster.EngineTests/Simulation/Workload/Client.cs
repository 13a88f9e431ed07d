using Akka.Actor;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Workload;

/// <summary>Has jobs done, and asks again until they are.</summary>
internal sealed class Client(Witness witness, IActorRef ledger) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly List<string> _submitted = [];
    private readonly List<string> _accepted = [];
    private long _newestInstance;
    private int _jobs;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartSingleTimer("new", NewJob.Instance, witness.UntilNextJob());
        Timers.StartPeriodicTimer("retry", TryAgain.Instance, Retry);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NewJob:
                Timers.StartSingleTimer("new", NewJob.Instance, witness.UntilNextJob());
                Begin();
                break;
            case TryAgain:
                _submitted.ForEach(job => ledger.Tell(new Submit(job), Self));
                _accepted.ForEach(job => ledger.Tell(new AskProgress(job), Self));
                break;
            case Accepted answer when IsCurrent(answer.Instance) && _submitted.Remove(answer.Job):
                witness.Acknowledged(answer.Job, answer.Instance);
                _accepted.Add(answer.Job);
                break;
            case Progress { IsDone: true } answer when IsCurrent(answer.Instance) && _accepted.Remove(answer.Job):
                witness.Completed(answer.Job, answer.Instance);
                break;
        }
    }

    private void Begin()
    {
        if (!witness.WantsJobs)
        {
            return;
        }

        var job = $"{witness.Name}-{++_jobs}";
        _submitted.Add(job);
        witness.Submitted(job);
        ledger.Tell(new Submit(job), Self);
    }

    /// <summary>An answer from before a take-over counts only where nothing newer has been heard.</summary>
    private bool IsCurrent(long instance)
    {
        if (instance < _newestInstance)
        {
            return false;
        }

        _newestInstance = instance;
        return true;
    }

    private sealed class NewJob
    {
        public static NewJob Instance { get; } = new();
    }

    private sealed class TryAgain
    {
        public static TryAgain Instance { get; } = new();
    }
}
