using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.ClusterTests.Jobs;

/// <summary>One trainer between probes that stand for coordinator, registry and node agent.</summary>
public sealed class StrategyTrainerSpecs : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private static readonly JobAttempt Attempt = new(
        RunId.Parse("v_20241127_143022"), "cnn_lstm/macd_momentum", 1);

    private static readonly WorkerResult Result = new(
        [new ArtifactFile("model", Digest.Of("weights"), 7)],
        ImmutableSortedDictionary<string, double>.Empty,
        Digest.Of("spec"),
        Digest.Of("recipe"),
        Digest.Of("signature"),
        .05,
        ImmutableSortedDictionary<string, string>.Empty);

    private readonly TestProbe _coordinator;
    private readonly TestProbe _registry;
    private readonly TestProbe _agent;

    public StrategyTrainerSpecs()
        : base("akka.loglevel = ERROR")
    {
        _coordinator = CreateTestProbe();
        _registry = CreateTestProbe();
        _agent = CreateTestProbe("agent");
    }

    [Fact]
    public void The_story_of_an_attempt_is_start_train_register_report()
    {
        var trainer = Begin(fence: 5);

        trainer.Tell(new WorkerEvents.Finished(Attempt, 5, Result), _agent);
        var command = _registry.ExpectMsg<RegistryCommands.Register>(Wait).Version;
        trainer.Tell(Registered(command), _registry);

        var report = _coordinator.ExpectMsg<JobEvents.Succeeded>(Wait);
        Assert.Equal("cnn_lstm/macd_momentum@1.0.0", report.Result.Version.ToString());
        Assert.Equal("cnn_lstm/macd_momentum", command.JobId);
        Assert.Equal(.05, command.Trial!.SharpePerBar);
        trainer.Tell(new JobAnswers.Recorded(Attempt, 5), _coordinator);
        _agent.FishForMessage(message => message is WorkerCommands.Release, Wait);
    }

    [Fact]
    public void Questions_without_an_answer_are_asked_again()
    {
        var trainer = Begin(fence: 5, attach: false);
        _agent.ExpectMsg<WorkerCommands.Start>(Wait);
        _agent.ExpectMsg<WorkerCommands.Start>(Wait);
        trainer.Tell(new WorkerEvents.Attached(Attempt, 5), _agent);

        trainer.Tell(new WorkerEvents.Finished(Attempt, 5, Result), _agent);

        _registry.ExpectMsg<RegistryCommands.Register>(Wait);
        var again = _registry.ExpectMsg<RegistryCommands.Register>(Wait);
        trainer.Tell(Registered(again.Version), _registry);
        _coordinator.ExpectMsg<JobEvents.Succeeded>(Wait);
        _coordinator.ExpectMsg<JobEvents.Succeeded>(Wait);
    }

    [Fact]
    public void A_node_that_never_answers_ends_the_attempt_with_that_reason()
    {
        Begin(fence: 5, attach: false, config: "training.trainer.retries-max = 2");

        var failed = _coordinator.ExpectMsg<JobEvents.Failed>(Wait);

        Assert.Equal(Reasons.NoAnswer, failed.Reason);
        Assert.True(failed.IsWorthRepeating);
    }

    [Fact]
    public void A_report_under_an_old_number_is_told_again_under_the_new_one()
    {
        var trainer = Begin(fence: 5);
        trainer.Tell(new WorkerEvents.Stopped(Attempt, 5, Reasons.Requested), _agent);
        Assert.Equal(5, _coordinator.ExpectMsg<JobEvents.Stopped>(Wait).Fence);

        trainer.Tell(new JobAnswers.Superseded(Attempt, 9), _coordinator);
        trainer.Tell(Start(9), _coordinator);

        var report = (JobEvents.Stopped)_coordinator.FishForMessage(
            message => message is JobEvents.Stopped { Fence: 9 }, Wait);
        Assert.Equal(Reasons.Requested, report.Reason);
    }

    [Fact]
    public void A_coordinator_of_the_past_is_not_listened_to()
    {
        var trainer = Begin(fence: 9);

        trainer.Tell(new JobCommands.Stop(Attempt, 5, Reasons.Requested, AgentPath), _coordinator);

        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void A_trainer_that_knows_nothing_can_still_stop_its_worker()
    {
        var trainer = Trainer("");

        trainer.Tell(new JobCommands.Stop(Attempt, 5, Reasons.Requested, AgentPath), _coordinator);

        _agent.ExpectMsg<WorkerCommands.Stop>(Wait);
        trainer.Tell(new WorkerEvents.Refused(Attempt, 5, "unknown"), _agent);
        Assert.Equal(Reasons.Requested, _coordinator.ExpectMsg<JobEvents.Stopped>(Wait).Reason);
    }

    [Fact]
    public void A_refused_registration_fails_the_job_with_what_the_registry_said()
    {
        var trainer = Begin(fence: 5);
        trainer.Tell(new WorkerEvents.Finished(Attempt, 5, Result), _agent);
        _registry.ExpectMsg<RegistryCommands.Register>(Wait);

        trainer.Tell(new RegistryAnswers.Refused(
            Attempt.Run.Text,
            Attempt.Job,
            [new RegistrationProblem("edge_missing", "there is no x")]), _registry);

        var failed = _coordinator.ExpectMsg<JobEvents.Failed>(Wait);
        Assert.Equal(Reasons.RegistrationRefused, failed.Reason);
        Assert.Equal("there is no x", failed.Detail);
    }

    private string AgentPath => _agent.Ref.Path.ToStringWithAddress(
        ((ExtendedActorSystem)Sys).Provider.DefaultAddress);

    private JobCommands.Start Start(long fence) => new(
        Attempt,
        fence,
        Market.Encoders("macd_momentum"),
        ["macd_momentum"],
        [],
        [],
        RecoveryPlan.None,
        null,
        AgentPath);

    private IActorRef Begin(long fence, bool attach = true, string config = "")
    {
        var trainer = Trainer(config);
        trainer.Tell(Start(fence), _coordinator);
        _coordinator.ExpectMsg<JobEvents.Accepted>(Wait);
        if (attach)
        {
            _agent.ExpectMsg<WorkerCommands.Start>(Wait);
            trainer.Tell(new WorkerEvents.Attached(Attempt, fence), _agent);
        }

        return trainer;
    }

    private IActorRef Trainer(string config) => Sys.ActorOf(StrategyTrainer.Props(
        Attempt.EntityId,
        new TrainerTools(_coordinator, _registry, TimeProvider.System, TrainingOptions.From(
            Akka.Configuration.ConfigurationFactory.ParseString(config)
                .WithFallback(Home.Quick)
                .WithFallback(BuiltInConfig.Reference),
            processors: 1))));

    private static RegistryAnswers.Registered Registered(RegisterVersion command)
    {
        var accepted = (VersionAccepted)RegistryState.Empty.Decide(command).Answer;
        return new RegistryAnswers.Registered(command.RunId, command.JobId, accepted.Version, false);
    }
}
