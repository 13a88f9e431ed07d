using System.Collections.Immutable;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.UnitTests.Cluster.Runs;

/// <summary>
/// A coordinator's ledger among random commands, nodes that come and go, and trainers that succeed, fail, stop and say
/// things twice; everything is drawn from the seed. After each step the rules that must always hold are checked.
/// </summary>
internal sealed class RandomCluster(int seed)
{
    private static readonly string[] Strategies = ["atr_breakout", "macd_momentum", "rsi_mean_reversion"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, NodeOffer> _nodes = [];
    private readonly List<IRunEvent> _journal = [];
    private readonly Dictionary<(RunId, string), int> _successes = [];
    private readonly Dictionary<(RunId, string), int> _attempts = [];
    private readonly List<RunCommand> _sent = [];
    private DateTimeOffset _now = Pipeline.Noon;
    private int _number;

    public RunLedger Ledger { get; private set; } = RunLedger.Empty;

    public IReadOnlyList<IRunEvent> Journal => _journal;

    private static CoordinatorLimits Limits => CoordinatorLimits.Default with { RunsMax = 12 };

    public void Start()
    {
        Carry(RunRules.Activate(Ledger, "one", resumeOnRecovery: true, _now));
        AddNode();
    }

    public void Step()
    {
        _now += TimeSpan.FromSeconds(_random.Next(3));
        switch (_random.Next(20))
        {
            case 0 or 1:
                Submit();
                break;
            case 2:
                AddNode();
                break;
            case 3 when _nodes.Count > 0:
                LoseNode();
                break;
            case 4:
                Carry(RunRules.Activate(Ledger, $"i{_random.Next(3)}", _random.Next(2) == 0, _now));
                break;
            case 5 when _sent.Count > 0:
                Repeat();
                break;
            case 6 or 7 or 8:
                Command();
                break;
            default:
                Work();
                break;
        }

        Check();
    }

    /// <summary>Nobody interferes any more: everything is resumed and every attempt succeeds.</summary>
    public void RunOut()
    {
        if (_nodes.Count == 0)
        {
            AddNode();
        }

        foreach (var run in Ledger.Runs.Values.Where(run => run.Status.IsHalted()))
        {
            Take(new RunCommands.Resume(run.Id));
        }

        for (var step = 0; step < 2_000 && Ledger.Runs.Values.Any(run => !run.Status.HasEnded()); step++)
        {
            foreach (var (run, job) in Ledger.Runs.Values
                .SelectMany(run => run.Jobs.Select(job => (run, job))).Where(pair => pair.job.Status == JobStatus.Paused))
            {
                Take(new RunCommands.OfJob(run.Id, job.Id, JobAction.Resume));
            }

            foreach (var (run, job) in Ledger.ActiveJobs.ToArray())
            {
                Say(new JobEvents.Succeeded(Attempt(run, job), Ledger.Fence, Pipeline.Result(job.Id)));
            }
        }

        Check();
    }

    private static JobAttempt Attempt(RunState run, JobState job) => new(run.Id, job.Id, job.Attempt);

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private void AddNode()
    {
        var name = $"node-{++_number}";
        _nodes[name] = new NodeOffer(name, $"/user/{name}", 1 + _random.Next(3));
        Carry(new RunDecision([], null));
    }

    private void LoseNode()
    {
        var name = Pick([.. _nodes.Keys]);
        _nodes.Remove(name);
        Carry(RunRules.LoseNode(Ledger, name, _now));
    }

    private void Submit()
    {
        var spec = Pipeline.Spec([.. Strategies.Take(1 + _random.Next(3))]);
        spec = _random.Next(3) == 0 ? spec with { Stages = [Stage.CnnLstm] } : spec;
        Take(new RunCommands.Submit($"s-{++_number}", spec, []) { Priority = _random.Next(-1, 2) });
    }

    private void Command()
    {
        if (Ledger.Runs.IsEmpty)
        {
            return;
        }

        var run = Pick([.. Ledger.Runs.Values]);
        Take(_random.Next(6) switch
        {
            0 => new RunCommands.Pause(run.Id),
            1 => new RunCommands.Resume(run.Id),
            2 when _random.Next(4) == 0 => new RunCommands.Cancel(run.Id),
            3 => new RunCommands.Prioritise(run.Id, _random.Next(-1, 2)),
            _ => new RunCommands.OfJob(run.Id, Pick(run.Jobs).Id, Pick(Enum.GetValues<JobAction>())),
        });
    }

    private void Take(RunCommand command)
    {
        var named = command with { Origin = new CommandOrigin($"c-{++_number}", "ops") };
        if (Carry(CommandRules.Take(Ledger, named, Limits, _now)) is RunAnswers.Accepted)
        {
            _sent.Add(named);
        }
    }

    private void Repeat()
    {
        var command = Pick(_sent);
        var decision = CommandRules.Take(Ledger, command, Limits, _now);
        Assert.Empty(decision.Events);
        var taken = Assert.Single(_journal.OfType<RunEvents.CommandTaken>(), taken => taken.Id == command.Origin!.Id);
        Assert.Equal(new RunAnswers.Accepted(taken.Run), decision.Answer);
    }

    private void Work()
    {
        var active = Ledger.ActiveJobs.ToArray();
        if (active.Length == 0)
        {
            return;
        }

        var (run, job) = Pick(active);
        var attempt = Attempt(run, job);
        switch (_random.Next(8))
        {
            case 0:
                Say(new JobEvents.Failed(attempt, Ledger.Fence, Reasons.OutOfMemory, "small", true));
                break;
            case 1:
                Say(new JobEvents.Failed(attempt, Ledger.Fence, Reasons.Timeout, "late", false));
                break;
            case 2:
                Say(new JobEvents.Stopped(attempt, Ledger.Fence, Reasons.Requested));
                break;
            case 3:
                // Words that must not count: of an earlier attempt, under an earlier number.
                Say(new JobEvents.Succeeded(
                    attempt with { Number = job.Attempt - 1 }, Ledger.Fence, Pipeline.Result(job.Id)));
                Say(new JobEvents.Succeeded(attempt, Ledger.Fence - 1, Pipeline.Result(job.Id)));
                break;
            default:
                var succeeded = new JobEvents.Succeeded(attempt, Ledger.Fence, Pipeline.Result(job.Id));
                Say(succeeded);
                Say(succeeded);
                break;
        }
    }

    private void Say(IAboutAttempt word) => Carry(RunRules.Hear(Ledger, word, _now));

    private object? Carry(RunDecision decision)
    {
        Store(RunConsequences.Close(Ledger, decision, _now).Events);
        while (RunDispatch.Assign(Ledger, _nodes.Values, _now) is { IsEmpty: false } assigned)
        {
            foreach (var happened in assigned)
            {
                CheckShare((RunEvents.JobAssigned)happened);
                Store([happened]);
            }
        }

        return decision.Answer;
    }

    private void Store(ImmutableArray<IRunEvent> events)
    {
        foreach (var happened in events)
        {
            switch (happened)
            {
                case RunEvents.JobSucceeded done:
                    _successes[(done.Run, done.Job)] = _successes.GetValueOrDefault((done.Run, done.Job)) + 1;
                    break;
                case RunEvents.JobAssigned assigned:
                    Assert.Equal(_attempts.GetValueOrDefault((assigned.Run, assigned.Job)) + 1, assigned.Attempt);
                    _attempts[(assigned.Run, assigned.Job)] = assigned.Attempt;
                    Assert.Equal(JobStatus.Queued, Ledger.Runs[assigned.Run].Job(assigned.Job).Status);
                    break;
            }

            _journal.Add(happened);
            Ledger = Ledger.Apply(happened, _journal.Count);
        }
    }

    // Whoever gets the next slot has no ready rival of a higher priority, and none of its own that holds fewer.
    private void CheckShare(RunEvents.JobAssigned assigned)
    {
        int Held(RunState run) => run.Jobs.Count(job => job.Status.IsActive());
        var winner = Ledger.Runs[assigned.Run];
        foreach (var rival in Ledger.Runs.Values.Where(run => run.Id != winner.Id && run.ReadyJobs.Any()))
        {
            Assert.True(rival.Priority <= winner.Priority, $"{rival.Id} goes before {winner.Id}");
            Assert.True(
                rival.Priority < winner.Priority || Held(rival) >= Held(winner),
                $"{rival.Id} holds {Held(rival)} slots and {winner.Id} with {Held(winner)} got one more");
        }
    }

    private void Check()
    {
        var busy = Ledger.ActiveJobs.ToLookup(active => active.Job.Node!);
        Assert.All(busy, node => Assert.InRange(node.Count(), 1, _nodes[node.Key].Slots));
        var free = _nodes.Values.Sum(node => node.Slots) - Ledger.ActiveJobs.Count();
        Assert.True(free == 0 || !Ledger.Runs.Values.Any(run => run.ReadyJobs.Any()), "a slot stands idle");
        Assert.All(_successes, job => Assert.Equal(1, job.Value));
        foreach (var run in Ledger.Runs.Values)
        {
            var planned = _journal.OfType<RunEvents.Submitted>().Single(submitted => submitted.Run == run.Id).Jobs;
            Assert.Equal(planned.Select(job => job.Id), run.Jobs.Select(job => job.Id));
            Assert.Equal(run.Status.HasEnded(), run.Jobs.All(job => job.Status.HasEnded()));
            Assert.All(run.Jobs, job => Assert.Equal(
                job.Status.HasResult(), _successes.ContainsKey((run.Id, job.Id))));
            Assert.All(run.Jobs, job => Assert.Equal(job.Status.IsActive(), job.Node is not null));
            Assert.All(run.Jobs, job => Assert.InRange(job.Failures, 0, run.RetryBudget + 1));
        }
    }
}
