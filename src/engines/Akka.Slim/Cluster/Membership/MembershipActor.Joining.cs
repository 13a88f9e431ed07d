using Akka.Actor;
using Akka.Event;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>How the node becomes a member.</summary>
internal sealed partial class MembershipActor
{
    private const string JoinFailed = "join at the store";

    private MemberRow? _holder;
    private bool _isWireOpen;

    private void BeginJoin(JoinRequest request)
    {
        if (_phase == Phase.Outside)
        {
            _self = request.Self;
            _phase = Phase.Joining;
            _ = _node.Wire.OpenAsync().PipeTo(
                Self, ActorRefs.NoSender, static () => Signal.WireOpened, static cause => new WireFailed(cause));
            _ = _node.Wire.Lost.PipeTo(Self, ActorRefs.NoSender, static () => Signal.WireLost);
        }
    }

    /// <summary>Whoever sees this node from now on can send to it.</summary>
    private void BeginToTry()
    {
        _isWireOpen = true;
        Look();
    }

    private void TryJoin()
    {
        if (!_isWireOpen)
        {
            return;
        }

        var (name, self, highest) = (_node.ClusterName, _self!, _node.Epochs.Highest);
        _renewals.Start(
            _node.Lease.Timeout,
            () => _node.Stores.Membership.Write(
                store => MembershipTransactions.Join(store, name, self, highest)),
            JoinAnswered,
            cause => StoreFailed(JoinFailed, cause.Message));
    }

    private void JoinAnswered(Answer<JoinOutcome> answer)
    {
        if (_phase != Phase.Joining)
        {
            return;
        }

        if (answer.Value.Refusal is { } refusal)
        {
            StoreFailed(JoinFailed, refusal);
            return;
        }

        if (!Accepts(answer.Value.Round, JoinFailed))
        {
            return;
        }

        if (answer.Value.Holder is { } holder)
        {
            NoteStoreAnswers();
            var rows = answer.Value.Round.Rows;
            var seen = _observer.Observe(answer.Asked, answer.Answered, rows.Members, Uid);
            AddressTaken(holder, seen);
            LookAgainIfAsked();
            return;
        }

        _phase = Phase.Inside;
        _log.Info("{0} has joined at the store {1}.", _node.Self, _node.Stores.Membership.Location);
        _node.Stores.WakeUps.Wake(IWakeUps.Everybody);
        Renewed(new Answer<LeaseRound>(answer.Value.Round, answer.Asked, answer.Answered));
    }

    private void AddressTaken(MemberRow holder, Observation seen)
    {
        if (_holder?.Uid != holder.Uid)
        {
            _holder = holder;
            _log.Warning(
                "{0} finds its address taken by incarnation {1}, and waits until its lease ends.",
                _node.Self, holder.Uid);
        }

        var isDead = _node.Processes.IsDead(
            new ProcessIdentity(holder.Host, holder.ProcessId, holder.ProcessStarted));
        switch (JoinDecisions.OnTaken(_holder, holder, seen.Expired.Contains(holder.Uid), isDead))
        {
            case JoinDecision.TakeOver:
                _log.Info("Incarnation {0} is dead; {1} removes it and joins.", holder.Uid, _node.Self);
                Plan(holder.Status == MemberStatus.Down
                    ? [new LeaderMove.Remove(holder.Uid)]
                    : [new LeaderMove.TakeDown(holder.Uid, holder.Lease), new LeaderMove.Remove(holder.Uid)]);
                break;
            case JoinDecision.GiveUp:
                RefuseJoin($"The address {_node.Self.Address} is in use: incarnation {holder.Uid} has it and is "
                    + $"alive, as process {holder.ProcessId} on {holder.Host}.");
                break;
        }
    }

    private void RefuseJoin(string why)
    {
        _log.Error("{0} cannot join. {1}", _node.Self, why);
        RemoveSelf();
        _listener?.JoinRefused(why);
    }

    private sealed record WireFailed(Exception Cause) : INoSerializationVerificationNeeded;
}
