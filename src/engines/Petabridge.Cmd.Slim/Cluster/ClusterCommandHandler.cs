using Akka.Actor;
using Akka.Cluster;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Cluster;

/// <summary>Runs the palette <c>cluster</c> on this node.</summary>
internal sealed class ClusterCommandHandler : CommandHandlerActor
{
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    public ClusterCommandHandler()
        : base(ClusterCommands.Definitions)
    {
        Process("show", _ => Show());
        Process("status", _ => Sender.Tell(new CommandResponse(MemberLine.Of(_cluster.SelfMember, _cluster.State))));
        Process("leader", _ => Sender.Tell(_cluster.State.Leader is { } leader
            ? new CommandResponse(leader.ToString())
            : new ErroredCommandResponse("there is no leader at present")));
        Process("tail", _ => Tail(Sender, _cluster));
        Process("join", (_, arguments) => Join(arguments.ArgumentValues("address").Single()));
        Process("leave", (_, arguments) => Leave(arguments.ArgumentValues("address").FirstOrDefault()));
        Process("down", (_, arguments) => Down(arguments.ArgumentValues("address").Single()));
        Process("down-unreachable", _ => DownUnreachable());
    }

    private static void Tail(IActorRef client, Akka.Cluster.Cluster cluster) =>
        Context.ActorOf(Props.Create(() => new ClusterTail(client, cluster)));

    private void Show()
    {
        var state = _cluster.State;
        var lines = state.Members.Select(member => MemberLine.Of(member, state))
            .Append($"Count: {state.Members.Count} nodes");
        Sender.Tell(new CommandResponse(string.Join('\n', lines)));
    }

    private void Join(string text)
    {
        if (!Address.TryParse(text, out var address) || address.HasLocalScope)
        {
            Sender.Tell(NoAddress());
            return;
        }

        try
        {
            _cluster.Join(address);
            Sender.Tell(new CommandResponse($"{_cluster.SelfAddress} joins {address}"));
        }
        catch (NotSupportedException refused)
        {
            Sender.Tell(new ErroredCommandResponse(refused.Message));
        }
    }

    // The answer goes out before the leaving ends this node.
    private void Leave(string? text)
    {
        var address = text is null ? _cluster.SelfAddress : Find(text);
        if (address is not null)
        {
            Sender.Tell(new CommandResponse($"{address} leaves"));
            _cluster.Leave(address);
        }
    }

    private void Down(string text)
    {
        if (Find(text) is { } address)
        {
            Sender.Tell(new CommandResponse($"{address} is taken out"));
            _cluster.Down(address);
        }
    }

    private void DownUnreachable()
    {
        var lost = _cluster.State.Unreachable.Select(member => member.Address).ToList();
        foreach (var address in lost)
        {
            _cluster.Down(address);
        }

        Sender.Tell(new CommandResponse(string.Join(
            '\n', lost.Select(address => $"{address} is taken out").Append($"Count: {lost.Count} nodes"))));
    }

    /// <summary>A member's address; answers by itself where there is none.</summary>
    private Address? Find(string text)
    {
        if (!Address.TryParse(text, out var address))
        {
            Sender.Tell(NoAddress());
            return null;
        }

        if (_cluster.State.Members.Any(member => member.Address.Equals(address)))
        {
            return address;
        }

        Sender.Tell(new ErroredCommandResponse("no member has this address; 'cluster show' lists them"));
        return null;
    }

    private ErroredCommandResponse NoAddress() =>
        new($"-a must be an address such as {_cluster.SelfAddress}");
}
