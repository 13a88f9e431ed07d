using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>A cluster of one: its only member agrees with itself at once.</summary>
internal sealed class SingleNodeMembership(int minimumMembers) : IMembership
{
    private readonly Lock _lock = new();
    private IMembershipListener? _listener;
    private MembershipState _state = MembershipState.Empty;
    private int _lastUpNumber;

    public void Start(IMembershipListener listener)
    {
        lock (_lock)
        {
            _listener = listener;
            _listener.Changed(_state);
        }
    }

    public void Join(Member self)
    {
        lock (_lock)
        {
            if (_state.Find(self.UniqueAddress) is not null)
            {
                return;
            }

            var joining = self.Copy(MemberStatus.Joining);
            Change(_state.With(joining));
            if (_state.Members.Count >= minimumMembers)
            {
                Change(_state.With(joining.CopyUp(++_lastUpNumber)));
            }
        }
    }

    public void Leave(Address address)
    {
        lock (_lock)
        {
            if (Find(address) is not { Status: MemberStatus.Joining or MemberStatus.Up } member)
            {
                return;
            }

            Change(_state.With(member.Copy(MemberStatus.Leaving)));
            Change(_state.With(member.Copy(MemberStatus.Exiting)));
        }
    }

    public Task ExitingCompleted(UniqueAddress node)
    {
        lock (_lock)
        {
            if (_state.Find(node) is { Status: MemberStatus.Exiting } member)
            {
                Change(_state.Without(member));
            }
        }

        return Task.CompletedTask;
    }

    public void Down(Address address)
    {
        lock (_lock)
        {
            if (Find(address) is { } member)
            {
                Change(_state.With(member.Copy(MemberStatus.Down)));
                Change(_state.Without(member));
            }
        }
    }

    private Member? Find(Address address) => _state.Members.FirstOrDefault(
        member => member.Address.Equals(address));

    private void Change(MembershipState state)
    {
        _state = state;
        _listener?.Changed(state);
    }
}
