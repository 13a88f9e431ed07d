namespace Akka.Actor;

/// <summary>Answers a child's failure for all children alike.</summary>
public class AllForOneStrategy : SupervisorStrategy
{
    /// <param name="maxNrOfRetries">Restarts allowed to each child within the time range; null or −1 =
    /// unlimited.</param>
    /// <param name="withinTimeRange">Null = the child's whole life.</param>
    /// <param name="localOnlyDecider">Directive by exception.</param>
    public AllForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider))
    {
    }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(new RestartLimit(maxNrOfRetries, withinTimeRange), decider, loggingEnabled: true)
    {
    }

    public AllForOneStrategy(
        int maxNrOfRetries,
        int withinTimeMilliseconds,
        Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(
            maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : this(new RestartLimit(maxNrOfRetries, withinTimeMilliseconds), decider, loggingEnabled)
    {
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(RestartLimit.None, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled: true)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(RestartLimit.None, decider, loggingEnabled: true)
    {
    }

    private AllForOneStrategy(RestartLimit limit, IDecider decider, bool loggingEnabled)
    {
        Limit = limit;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public override IDecider Decider { get; }

    /// <summary>−1 = unlimited.</summary>
    public int MaxNumberOfRetries => Limit.MaxRetries;

    /// <summary>−1 = the child's whole life.</summary>
    public int WithinTimeRangeMilliseconds => Limit.WindowMilliseconds;

    internal RestartLimit Limit { get; }

    private protected override void ProcessFailure(
        ActorCell cell,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        Func<IReadOnlyCollection<ChildRestartStats>> allStats)
    {
        var all = allStats();
        // Every child's count goes up, so all are asked even after one has used up its restarts.
        var allowed = restart && all.Count(each => Limit.Allows(each, cell.SystemImpl.Time)) == all.Count;
        foreach (var each in all)
        {
            if (allowed)
                RestartChild(each.Child, cause, suspendFirst: !each.Child.Equals(child));
            else
                cell.Stop(each.Child);
        }
    }
}
