using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Sql;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>
/// Keeps this node a member: renews its lease, tells what the others do, and leads where it is the leader. It
/// never waits for the store; a failure of its own ends the renewals, and with them the node's right to act.
/// </summary>
internal sealed partial class MembershipActor : UntypedActor, IWithTimers
{
    private const string LeaseLost = "renew its lease at the store";

    private readonly StoreNode _node;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly RareWarnings _warnings;
    private readonly LeaseObserver _observer;
    private CallLane _renewals = null!;
    private CallLane _changes = null!;
    private IDisposable? _listening;
    private IMembershipListener? _listener;
    private Phase _phase = Phase.Outside;
    private MembershipState _state = MembershipState.Empty;
    private MemberRow? _self;
    private long? _storeAwaySince;
    private bool _isRightHeld;
    private bool _mustLookAgain;

    public MembershipActor(StoreNode node)
    {
        _node = node;
        _warnings = new RareWarnings(node.Clock, _log);
        _observer = new LeaseObserver(node.Clock, node.Lease);
    }

    private enum Phase
    {
        /// <summary>Has not been asked to join.</summary>
        Outside,

        Joining,

        /// <summary>Has a row and renews its lease.</summary>
        Inside,

        /// <summary>May not act any more; what is left of its row has to go.</summary>
        Parting,

        Gone,
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private int Uid => _node.Self.Uid;

    protected override void PreStart() => Begin();

    protected override void PostStop()
    {
        _listening?.Dispose();
        EndRight();
        BeGone();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // What it knows is lost with it: the node ends, and the others remove it when its lease has.
        _log.Error(reason, "{0} can no longer be a member: {1}", _node.Self, reason.Message);
        ShowWithoutSelf();
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CallEnded ended:
                ended.Continue();
                break;
            case Signal.Tick:
                Look();
                Work();
                break;
            case Signal.Woken:
                Look();
                break;
            case Signal.RightMayHaveEnded:
                WatchRight();
                break;
            case Signal.MarginIsOver:
                RemoveSelf();
                break;
            case ListenTo request:
                _listener = request.Listener;
                _listener.Changed(_state);
                _listener.RightChanged(_isRightHeld);
                break;
            case Signal.WireOpened:
                BeginToTry();
                break;
            case Signal.WireLost:
                BeExpelled();
                break;
            case WireFailed failure:
                RefuseJoin($"Its queue cannot be opened: {failure.Cause.Message}");
                break;
            case JoinRequest request:
                BeginJoin(request);
                break;
            case ChangeRequest request:
                AddChange(request);
                break;
            case CompleteExit request:
                CompleteExitOfSelf(request.Gone);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin()
    {
        _renewals = new CallLane(_node.Clock, Self, Timers);
        _changes = new CallLane(_node.Clock, Self, Timers);
        var self = Self;
        _listening = _node.Stores.WakeUps.Listen(
            IWakeUps.Everybody, () => self.Tell(Signal.Woken, ActorRefs.NoSender));
        Timers.StartPeriodicTimer(Signal.Tick, Signal.Tick, _node.Lease.RenewInterval);
    }

    /// <summary>Asks the store now, or as soon as it has answered.</summary>
    private void Look()
    {
        if (!_renewals.CanStart)
        {
            _mustLookAgain = true;
        }
        else if (_phase == Phase.Joining)
        {
            TryJoin();
        }
        else if (_phase == Phase.Inside)
        {
            Renew();
        }
    }

    private void Renew()
    {
        var (uid, highest) = (Uid, _node.Epochs.Highest);
        _renewals.Start(
            _node.Lease.Timeout,
            () => _node.Stores.Membership.Write(store => MembershipTransactions.Renew(store, uid, highest)),
            Renewed,
            cause => StoreFailed(LeaseLost, cause.Message));
    }

    private void Renewed(Answer<LeaseRound> answer)
    {
        if (_phase != Phase.Inside)
        {
            return;
        }

        var (round, rows) = (answer.Value, answer.Value.Rows);
        if (!Accepts(round, LeaseLost))
        {
            return;
        }

        NoteStoreAnswers();
        var seen = _observer.Observe(answer.Asked, answer.Answered, rows.Members, Uid);
        if (!round.IsRenewed)
        {
            LoseMembership(rows);
            return;
        }

        // From before sending: the others count from when they see the renewal, which can only be later.
        if (!_node.Right.ExtendTo(answer.Asked + Timestamps(_node.Lease.Right)))
        {
            NoteLapse();
        }

        Show(MemberRows.State(rows.Members, seen, _warnings.Warn));
        WatchRight();
        Plan(LeaderDecisions.Decide(rows, seen, _state, Uid, _node.Minimum));
        LookAgainIfAsked();
    }

    /// <summary>
    /// False where the store is behind what this node has seen: it is an old copy or has lost commits. Then
    /// its members are not to be believed.
    /// </summary>
    private bool Accepts(LeaseRound round, string what)
    {
        var refusal = $"It is at epoch {round.Rows.Epoch}, but epoch {_node.Epochs.Highest} has been seen: it "
            + "is an old copy, or commits were lost. If that is so on purpose, delete akka-slim.store.epoch-file, "
            + "or restart the nodes where it is not set.";
        try
        {
            if (_node.Epochs.Accepts(round.Rows.Epoch))
            {
                // Now it may be one that an administrator has accepted since.
                _mustLookAgain |= round.IsOld;
                LookAgainIfAsked();
                return !round.IsOld;
            }
        }
        catch (SqlStoreException cause)
        {
            refusal = cause.Message;
        }

        StoreFailed(what, refusal);
        return false;
    }

    /// <summary>Somebody has taken this node out.</summary>
    private void LoseMembership(MembershipRows rows)
    {
        var isInRows = rows.Members.Any(member => member.Uid == Uid);
        _log.Warning(
            "{0} is {1}; it stops being a member and must not come back.",
            _node.Self, isInRows ? "down" : "removed");
        EndRight();
        // Where the answer to its join got lost, nobody here has heard yet that it was a member.
        Show(MemberRows.State(rows.Members, Observation.Nothing, _warnings.Warn));
        ShowWithoutSelf();
        if (isInRows)
        {
            BeginToPart();
        }
        else
        {
            BeGone();
        }
    }

    /// <summary>
    /// Its queue is closed for ever, so it has been removed, whatever its row says: an answer to its join that
    /// got lost, a removal, and the next attempt leave a row that nobody can send to.
    /// </summary>
    private void BeExpelled()
    {
        if (_phase == Phase.Inside)
        {
            _log.Warning("{0} has lost its queue; it stops being a member and must not come back.", _node.Self);
            EndRight();
            ShowWithoutSelf();
            BeginToPart();
        }
    }

    /// <summary>
    /// What still runs a handler gets the time that it would have after a lease's end; the others take over
    /// once the row is gone.
    /// </summary>
    private void BeginToPart()
    {
        _phase = Phase.Parting;
        Timers.StartSingleTimer(Signal.MarginIsOver, Signal.MarginIsOver, _node.Lease.Margin);
    }

    private void Show(MembershipState state)
    {
        if (!state.LooksLike(_state))
        {
            _state = state;
            _listener?.Changed(state);
        }
    }

    private void ShowWithoutSelf() =>
        Show(_state.Find(_node.Self) is { } self ? _state.Without(self) : _state);

    /// <summary>Says so when the right begins or has ended.</summary>
    private void WatchRight()
    {
        var remaining = _node.Right.Remaining;
        if (remaining > TimeSpan.Zero && !Timers.IsTimerActive(Signal.RightMayHaveEnded))
        {
            // Timers have whole milliseconds, and must not come early.
            Timers.StartSingleTimer(
                Signal.RightMayHaveEnded,
                Signal.RightMayHaveEnded,
                remaining + TimeSpan.FromMilliseconds(1));
        }

        if (_isRightHeld != remaining > TimeSpan.Zero)
        {
            _isRightHeld = !_isRightHeld;
            _log.Info(_isRightHeld ? "{0} may act." : "{0} must not act any more.", _node.Self);
            _listener?.RightChanged(_isRightHeld);
        }
    }

    /// <summary>
    /// The right had ended before its renewal came. What it guards has missed messages, so it has to start anew.
    /// </summary>
    private void NoteLapse()
    {
        if (_isRightHeld)
        {
            _isRightHeld = false;
            _log.Warning("{0} could not act for a while.", _node.Self);
            _listener?.RightChanged(false);
        }
    }

    private void EndRight()
    {
        _node.Right.End();
        WatchRight();
    }

    /// <param name="what">What this node cannot do.</param>
    /// <param name="cause">Why.</param>
    private void StoreFailed(string what, string cause)
    {
        _storeAwaySince ??= _node.Clock.GetTimestamp();
        _warnings.Warn($"{_node.Self} cannot {what} {_node.Stores.Membership.Location}: {cause}");
        LookAgainIfAsked();
    }

    private void NoteStoreAnswers()
    {
        if (_storeAwaySince is { } since)
        {
            _storeAwaySince = null;
            _log.Info(
                "The store {0} answers again after {1:0.#} s.",
                _node.Stores.Membership.Location, _node.Clock.GetElapsedTime(since).TotalSeconds);
        }
    }

    private void LookAgainIfAsked()
    {
        if (_mustLookAgain)
        {
            _mustLookAgain = false;
            Look();
        }
    }

    private long Timestamps(TimeSpan span) =>
        (long)(span.TotalSeconds * _node.Clock.TimestampFrequency);

    public sealed record ListenTo(IMembershipListener Listener) : INoSerializationVerificationNeeded;

    /// <param name="Self">The row to be, but for the epoch.</param>
    public sealed record JoinRequest(MemberRow Self) : INoSerializationVerificationNeeded;

    /// <param name="Address">Whose incarnations are meant.</param>
    /// <param name="IsDown">To be taken down; else to leave.</param>
    public sealed record ChangeRequest(Address Address, bool IsDown) : INoSerializationVerificationNeeded;

    /// <param name="Gone">Ends when nobody counts on this node any more.</param>
    public sealed record CompleteExit(TaskCompletionSource Gone) : INoSerializationVerificationNeeded;

    private enum Signal
    {
        Tick,
        Woken,
        RightMayHaveEnded,
        MarginIsOver,
        WireOpened,
        WireLost,
    }
}
