using Akka.Actor;
using Akka.TestKit.Xunit2;
using Petabridge.Cmd;

namespace TrainingCluster.EngineTests.Cmd.Host;

/// <summary>Handlers are tested with the test kit alone: no host, no port.</summary>
public sealed class HandlerSpecs() : TestKit("akka.loglevel = OFF")
{
    [Fact]
    public void A_handler_answers_a_command_that_it_is_told()
    {
        var handler = Sys.ActorOf(new MessageCommands().HandlerProps);

        handler.Tell(new Command("msg", "count", [Tuple.Create("-n", "2")]));

        Assert.Equal("1", ExpectMsg<CommandResponse>().Msg);
        Assert.False(ExpectMsg<CommandResponse>().Final);
        Assert.True(ExpectMsg<CommandResponse>().Final);
        handler.Tell(new Command("msg", "refuse", []));
        Assert.Equal("not today", ExpectMsg<ErroredCommandResponse>().Msg);
        handler.Tell(new Command("msg", "nothing", []));
        Assert.True(ExpectMsg<CommandResponse>().Final);
    }
}
