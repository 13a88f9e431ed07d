using System.Net;
using System.Net.Sockets;
using Petabridge.Cmd.Client;

namespace TrainingCluster.EngineTests.Cmd.Client;

/// <summary>The program as a script uses it: outputs and exit codes.</summary>
public sealed class PbmProgramSpecs
{
    [Fact]
    public async Task A_single_command_prints_its_answers_and_ends_with_its_outcome()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());

        Assert.Equal((0, "akka://BLUE\n", ""), await RunAsync(node, "actor system"));
        Assert.Equal((0, "1\n2\n", ""), await RunAsync(node, "msg count -n 2"));
        Assert.Equal((1, "", "error: not today\n"), await RunAsync(node, "msg refuse"));
        var (code, output, error) = await RunAsync(node, "actor systen");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("did you mean 'actor system'?", error);
    }

    [Fact]
    public async Task With_json_each_answer_is_an_object()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());

        var (code, output, _) = await RunAsync(["--json", node.Address.ToString(), "msg", "count", "-n", "1"]);

        Assert.Equal(0, code);
        Assert.Equal(
            "{\"msg\":\"1\",\"final\":false,\"outcome\":null}\n{\"msg\":\"\",\"final\":true,\"outcome\":\"ok\"}\n", output);
    }

    [Fact]
    public async Task What_cannot_be_understood_or_reached_has_codes_of_its_own()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var taken = nobody.LocalEndpoint.ToString()!;
        nobody.Stop();

        Assert.Equal(3, (await RunAsync([taken, "cluster", "show"])).Code);
        Assert.Equal(2, (await RunAsync(["--nothing"])).Code);
        Assert.Equal(2, (await RunAsync(["--timeout", "soon"])).Code);
        Assert.Equal(2, (await RunAsync(["--token-file", "/nowhere/token", "cluster", "show"])).Code);
        var (code, output, _) = await RunAsync(["help"]);
        Assert.Equal(0, code);
        Assert.Contains("The default address for pbm is [127.0.0.1:9110]", output);
    }

    [Fact]
    public async Task A_stream_ends_with_its_time_or_by_interruption_or_with_the_host()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());

        var (code, output, error) = await RunAsync(
            ["--timeout", "2s", node.Address.ToString(), "msg", "forever"]);
        Assert.Equal((4, "begun\n"), (code, output));
        Assert.Contains("no final answer within 2 s", error);

        using var interrupt = new InterruptSource();
        var interrupted = RunAsync([node.Address.ToString(), "msg", "forever"], "", interrupt);
        await CmdNode.AwaitAsync(async () => (await node.SessionsAsync()).Any(path => path.Contains("/msg/")));
        interrupt.Raise();
        Assert.Equal(130, (await interrupted).Code);

        await node.AwaitNoSessionsAsync();
        var lost = RunAsync([node.Address.ToString(), "msg", "forever"]);
        await CmdNode.AwaitAsync(async () => (await node.SessionsAsync()).Any(path => path.Contains("/msg/")));
        await node.System.Terminate();
        Assert.Equal(4, (await lost).Code);
    }

    [Fact]
    public async Task Without_a_terminal_the_shell_reads_lines_without_a_prompt()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var (code, output, error) = await RunAsync(
            [node.Address.ToString()],
            $"actor system\n\nmsg refuse\nmsg count -n 2 > {file}\nhelp msg\nhelp nothing\nmsg echo -t 'open\nexit\nactor system\n");

        Assert.Equal(2, code);
        Assert.StartsWith("akka://BLUE\nmsg echo", output);
        Assert.Contains("how fast (1m, 5m)", output);
        Assert.Single(output.Split('\n'), line => line == "akka://BLUE");
        Assert.StartsWith("error: not today\nerror: the host has no palette 'nothing'\n", error);
        Assert.Equal("1\n2\n", await File.ReadAllTextAsync(file));
        File.Delete(file);
    }

    [Theory]
    [InlineData("ok\u001b[2Jbad\r\n\tend", "ok?[2Jbad?\n\tend")]
    public void A_screen_obeys_nothing_that_an_answer_holds(string text, string expected) =>
        Assert.Equal(expected, ResponsePrinter.Harmless(text));

    private static Task<(int Code, string Output, string Error)> RunAsync(CmdNode node, string line) =>
        RunAsync([node.Address.ToString(), .. line.Split(' ')]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        string[] arguments, string input = "", InterruptSource? interrupt = null)
    {
        using var own = new InterruptSource();
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await new PbmProgram(new PbmConsole(new StringReader(input), output, error), interrupt ?? own)
            .RunAsync(arguments).WaitAsync(CmdNode.Patience);
        return (code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
