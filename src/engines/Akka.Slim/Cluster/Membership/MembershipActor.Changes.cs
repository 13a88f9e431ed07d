using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>
/// What this node changes about members, one change after the other. All can be repeated; what fails is tried
/// again with the next tick.
/// </summary>
internal sealed partial class MembershipActor
{
    // Removing takes several calls.
    private const int CallsOfAMove = 3;

    private readonly List<ChangeRequest> _requests = [];
    private readonly Queue<LeaderMove> _moves = [];
    private readonly List<TaskCompletionSource> _waitingForTheEnd = [];
    private bool _isRemovingSelf;

    private void AddChange(ChangeRequest request)
    {
        if (!_requests.Contains(request))
        {
            _requests.Add(request);
        }

        Work();
    }

    /// <summary>What is decided from newer rows takes the place of what is left of the older.</summary>
    private void Plan(ImmutableArray<LeaderMove> moves)
    {
        _moves.Clear();
        foreach (var move in moves)
        {
            _moves.Enqueue(move);
        }

        Work();
    }

    /// <summary>The node has nothing left that others would have to wait for, or it never joined.</summary>
    private void CompleteExitOfSelf(TaskCompletionSource gone)
    {
        _waitingForTheEnd.Add(gone);
        if (_phase is Phase.Joining or Phase.Inside or Phase.Parting)
        {
            RemoveSelf();
        }
        else
        {
            BeGone();
        }
    }

    private void BeGone()
    {
        _phase = Phase.Gone;
        _waitingForTheEnd.ForEach(static gone => gone.TrySetResult());
        _waitingForTheEnd.Clear();
    }

    private void RemoveSelf()
    {
        EndRight();
        _phase = Phase.Parting;
        _isRemovingSelf = true;
        Timers.Cancel(Signal.MarginIsOver);
        Work();
    }

    private void Work()
    {
        if (!_changes.CanStart)
        {
            return;
        }

        if (_isRemovingSelf)
        {
            Start(() => MembershipMoves.Remove(_node.Stores, Uid), _ => SelfIsRemoved());
        }
        else if (_requests.Count > 0)
        {
            var request = _requests[0];
            Start(() => Carry(request), outcome => RequestAnswered(request, outcome));
        }
        else if (_moves.TryDequeue(out var move))
        {
            Start(() => MembershipMoves.Carry(_node.Stores, move), done => MoveAnswered(move, done));
        }
    }

    private void Start<T>(Func<Task<T>> call, Action<T> onAnswer) => _changes.Start(
        CallsOfAMove * _node.Lease.Timeout,
        call,
        answer => onAnswer(answer.Value),
        cause => StoreFailed("change members at the store", cause.Message));

    private Task<ChangeOutcome> Carry(ChangeRequest request) => _node.Stores.Membership.Write(
        store => request.IsDown
            ? MembershipTransactions.Down(store, request.Address)
            : MembershipTransactions.Leave(store, request.Address));

    private void RequestAnswered(ChangeRequest request, ChangeOutcome outcome)
    {
        _requests.Remove(request);
        if (outcome == ChangeOutcome.Done)
        {
            Changed();
        }
        else if (outcome == ChangeOutcome.Again)
        {
            AddChange(request);
        }
        else if (_phase == Phase.Joining && request.Address == _node.Self.Address)
        {
            // The leave came before the join that it ends; the next tick tries again.
            _requests.Add(request);
        }
        else
        {
            _log.Warning("There is no member {0}.", request.Address);
            Work();
        }
    }

    private void MoveAnswered(LeaderMove move, bool isDone)
    {
        _log.Debug("{0}: {1}", move, isDone ? "done" : "void");
        if (isDone)
        {
            Changed();
        }
        else
        {
            // The rows are not what was decided upon.
            _moves.Clear();
            Look();
            Work();
        }
    }

    private void SelfIsRemoved()
    {
        _isRemovingSelf = false;
        _requests.Clear();
        _moves.Clear();
        Timers.Cancel(Signal.Tick);
        ShowWithoutSelf();
        BeGone();
        _node.Stores.WakeUps.Wake(IWakeUps.Everybody);
    }

    private void Changed()
    {
        _node.Stores.WakeUps.Wake(IWakeUps.Everybody);
        Look();
        Work();
    }
}
