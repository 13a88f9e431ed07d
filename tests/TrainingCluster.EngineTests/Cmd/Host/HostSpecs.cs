using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Petabridge.Cmd;
using Petabridge.Cmd.Client;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Host;
using Petabridge.Cmd.Wire;

namespace TrainingCluster.EngineTests.Cmd.Host;

/// <summary>The command host over real connections.</summary>
public sealed class HostSpecs
{
    [Fact]
    public async Task A_client_knows_what_the_host_tells_it_and_a_palette_of_one_node_alone_works_there()
    {
        await using var plain = await CmdNode.StartAsync();
        await using var special = await CmdNode.StartAsync("", new MessageCommands());
        await using var toPlain = await plain.ConnectAsync();
        await using var toSpecial = await special.ConnectAsync();

        Assert.Equal(["actor", "log", "system"], toPlain.Palettes.Select(palette => palette.ModuleName).Order());
        Assert.Equal(["actor", "log", "msg", "system"], toSpecial.Palettes.Select(palette => palette.ModuleName).Order());
        var echo = toSpecial.Palettes.Single(palette => palette.ModuleName == "msg").Find("echo")!;
        Assert.True(echo.ArgumentsByName["text"].IsMandatory);
        Assert.Equal(["-T", "-t"], echo.ArgumentsByName["text"].Switch.Order(StringComparer.Ordinal));
        Assert.Equal("a b", (await CmdNode.RunAsync(toSpecial, "msg echo -t a -T b")).Single().Msg);
        Assert.Equal(ResponseFrame.Usage, (await CmdNode.RunAsync(toPlain, "msg echo -t a")).Single().Outcome);
    }

    [Fact]
    public async Task The_system_and_its_actors_are_told()
    {
        await using var node = await CmdNode.StartAsync();

        Assert.Equal("akka://BLUE", (await node.RunAsync("actor system")).Single().Msg);
        Assert.Equal("/user", (await node.RunAsync("actor hierarchy -d 0"))[0].Msg);
        var paths = (await node.RunAsync("actor hierarchy"))[0].Msg.Split('\n');
        Assert.Equal("/user", paths[0]);
        Assert.Contains("/user/petabridge.cmd", paths);
        Assert.Contains("/user/pbm-uptime", paths);
        Assert.Contains("/user/petabridge.cmd-log-memorizer", paths);
        Assert.Contains(paths, path => path.StartsWith("/user/petabridge.cmd/127.0.0.1%3A", StringComparison.Ordinal)
            && path.EndsWith("/actor", StringComparison.Ordinal));
        Assert.Matches(@"^\d+\.\d\d:\d\d:\d\d$", (await node.RunAsync("system uptime")).Single().Msg);
        Assert.Equal(ResponseFrame.Error, (await node.RunAsync("actor hierarchy -s /user/nobody")).Single().Outcome);
        Assert.Equal(ResponseFrame.Error, (await node.RunAsync("actor hierarchy -d x")).Single().Outcome);
    }

    [Fact]
    public async Task A_stream_has_any_number_of_answers_and_one_end()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());

        var counted = await node.RunAsync("msg count -n 5");

        Assert.Equal(["1", "2", "3", "4", "5", ""], counted.Select(response => response.Msg));
        Assert.Equal([null, null, null, null, null, ResponseFrame.Ok], counted.Select(response => response.Outcome));
        Assert.Equal(4, (await node.RunAsync("msg count")).Count);
    }

    [Fact]
    public async Task A_command_that_fails_says_so_without_its_cause_and_the_next_one_works()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());
        await using var connection = await node.ConnectAsync();

        var failed = (await CmdNode.RunAsync(connection, "msg fail")).Single();

        Assert.Equal(ResponseFrame.Error, failed.Outcome);
        Assert.DoesNotContain("secret", failed.Msg);
        Assert.Equal("not today", (await CmdNode.RunAsync(connection, "msg refuse")).Single().Msg);
        Assert.Equal("a", (await CmdNode.RunAsync(connection, "msg echo -t a")).Single().Msg);
    }

    [Fact]
    public async Task Ten_million_characters_arrive_whole()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());

        var parts = await node.RunAsync("msg big -n 10000000");

        Assert.True(parts.Count > 1);
        Assert.Equal(10_000_000, parts.Sum(part => part.Msg.Length));
        Assert.All(parts.SkipLast(1), part => Assert.True(part.IsPart));
        Assert.Equal(ResponseFrame.Ok, parts[^1].Outcome);
    }

    [Fact]
    public async Task Two_clients_that_stream_do_not_disturb_each_other()
    {
        await using var node = await CmdNode.StartAsync();
        await using var one = await node.ConnectAsync();
        await using var other = await node.ConnectAsync();
        using var limit = new CancellationTokenSource(CmdNode.Patience);
        var tails = new[] { one, other }.Select(connection => connection
            .ExecuteAsync(["log", "tail"], limit.Token).GetAsyncEnumerator(limit.Token)).ToList();
        var next = tails.Select(tail => tail.MoveNextAsync().AsTask()).ToList();
        await CmdNode.AwaitAsync(async () => (await node.SessionsAsync()).Count(path => path.Contains("/log/")) == 2);

        await node.RunAsync("log write -m hello");

        await Task.WhenAll(next);
        Assert.All(tails, tail => Assert.Contains("hello", tail.Current.Msg));
        await tails[0].DisposeAsync();
        var again = tails[1].MoveNextAsync().AsTask();
        await node.RunAsync("log write -m second");
        Assert.True(await again);
        Assert.True(tails[1].Current.Msg.Contains("second"), tails[1].Current.Msg);
        Assert.Contains("hello", (await node.RunAsync("log peek -n 1000")).Single().Msg);
        await tails[1].DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_is_ended_or_whose_client_is_gone_leaves_no_actor_behind()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());
        await using (var connection = await node.ConnectAsync())
        {
            await foreach (var response in connection.ExecuteAsync(["msg", "forever"]))
            {
                Assert.Equal("begun", response.Msg);
                Assert.Contains(await node.SessionsAsync(), path => path.Contains("/msg/"));
                break;
            }

            await CmdNode.AwaitAsync(async () =>
                !(await node.SessionsAsync()).Any(path => path.Contains("/msg/")));
        }

        await using (var raw = await node.OpenAsync())
        {
            await raw.WriteAsync(FrameCodec.Encode(new HelloFrame(1, null)));
            await raw.WriteAsync(FrameCodec.Encode(new ExecuteFrame(1, ["msg", "forever"])));
            Assert.IsType<WelcomeFrame>(await FrameCodec.ReadAsync(raw, FrameLimits.FromHost, default));
            Assert.IsType<ResponseFrame>(await FrameCodec.ReadAsync(raw, FrameLimits.FromHost, default));
            raw.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await node.AwaitNoSessionsAsync();
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_nothing_but_the_command_host()
    {
        await using var first = await CmdNode.StartAsync();
        var system = ActorSystem.Create("RED", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF }"
            + $"\npetabridge.cmd.port = {first.Address.Port}"));

        var second = PetabridgeCmd.Get(system);
        second.Start();
        second.Start();

        await Assert.ThrowsAsync<SocketException>(() => second.Bound);
        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate();
    }

    [Fact]
    public async Task Palettes_are_taken_once_and_only_before_the_start()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());

        Assert.False(node.Plugin.RegisterCommandPalette(ClusterCommands.Instance));
        var system = ActorSystem.Create("RED", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var plugin = PetabridgeCmd.Get(system);
        Assert.True(plugin.RegisterCommandPalette(new MessageCommands()));
        Assert.False(plugin.RegisterCommandPalette(new MessageCommands()));
        await system.Terminate();
    }

    [Fact]
    public async Task A_program_runs_commands_in_its_own_process_without_a_port()
    {
        var system = ActorSystem.Create("RED", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var plugin = PetabridgeCmd.Get(system);
        plugin.RegisterCommandPalette(new MessageCommands());
        using (var client = await plugin.StartLocalClient())
        {
            Assert.Equal(["a b"], await TextsAsync(client, "msg echo -t 'a b'"));
            Assert.Equal(["1", "2", ""], await TextsAsync(client, "msg count -n 2"));
            var responses = new List<CommandResponse>();
            await foreach (var response in client.ExecuteTextAsync("msg echo -t 'open"))
            {
                responses.Add(response);
            }

            Assert.IsAssignableFrom<ErroredCommandResponse>(Assert.Single(responses));
        }

        await system.Terminate();
    }

    private static async Task<List<string>> TextsAsync(IPbmClient client, string line)
    {
        var texts = new List<string>();
        await foreach (var response in client.ExecuteTextAsync(line))
        {
            texts.Add(response.Msg);
        }

        return texts;
    }
}
