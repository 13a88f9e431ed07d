using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Petabridge.Cmd.Wire;

namespace TrainingCluster.EngineTests.Cmd.Host;

/// <summary>Whatever is sent to the port: it is refused with the right code, and the host lives on.</summary>
public sealed class HostileInputSpecs
{
    private const int Seed = 20261;

    [Fact]
    public async Task A_thousand_bad_beginnings_are_refused_and_the_host_goes_on()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());
        var random = new Random(Seed);
        var codes = new Dictionary<string, int>();
        for (var i = 0; i < 700; i++)
        {
            var (bytes, expected) = BadStart(random);
            await using var stream = await node.OpenAsync();
            await SendAsync(stream, bytes);
            var refused = Assert.IsType<RefusedFrame>(await ReadAsync(stream));
            Assert.Contains(refused.Code, expected);
            AssertTellsNothing(refused.Text);
            codes[refused.Code] = codes.GetValueOrDefault(refused.Code) + 1;
        }

        Assert.True(codes.Count >= 3, string.Join(", ", codes));
        await node.AwaitNoSessionsAsync();
        Assert.Equal("a", (await node.RunAsync("msg echo -t a")).Single().Msg);
    }

    [Fact]
    public async Task Bad_frames_after_the_greeting_end_that_connection_alone()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());
        await using var good = await node.ConnectAsync();
        var random = new Random(Seed + 1);
        for (var i = 0; i < 300; i++)
        {
            await using var stream = await node.OpenAsync();
            await stream.WriteAsync(FrameCodec.Encode(new HelloFrame(1, null)));
            Assert.IsType<WelcomeFrame>(await ReadAsync(stream));
            await SendAsync(stream, BadLater(random));
            var refused = Assert.IsType<RefusedFrame>(await ReadAsync(stream));
            Assert.Contains(refused.Code, (string[])[RefusalCodes.BadFrame, RefusalCodes.TooLarge]);
            AssertTellsNothing(refused.Text);
        }

        Assert.Equal("a", (await CmdNode.RunAsync(good, "msg echo -t a")).Single().Msg);
    }

    [Fact]
    public async Task A_thousand_bad_lines_are_each_answered_as_mistyped_or_as_an_error()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());
        await using var connection = await node.ConnectAsync();
        var random = new Random(Seed + 2);
        for (var i = 0; i < 1000; i++)
        {
            var words = BadLine(random);
            ResponseFrame? last = null;
            await foreach (var response in connection.ExecuteAsync(words))
            {
                last = response;
            }

            Assert.Contains(last!.Outcome, (string[])[ResponseFrame.Usage, ResponseFrame.Error]);
            AssertTellsNothing(last.Msg);
        }

        Assert.Equal("a", (await CmdNode.RunAsync(connection, "msg echo -t a")).Single().Msg);
    }

    [Fact]
    public async Task One_client_may_not_take_all()
    {
        await using var node = await CmdNode.StartAsync("", new MessageCommands());
        await using (var connection = await node.ConnectAsync())
        {
            var streams = Enumerable.Range(0, 16)
                .Select(_ => connection.ExecuteAsync(["msg", "forever"]).GetAsyncEnumerator()).ToList();
            foreach (var stream in streams)
            {
                Assert.True(await stream.MoveNextAsync());
            }

            Assert.Equal(ResponseFrame.Error, (await CmdNode.RunAsync(connection, "msg echo -t a")).Single().Outcome);
            await streams[0].DisposeAsync();
            await CmdNode.AwaitAsync(async () =>
                (await CmdNode.RunAsync(connection, "msg echo -t a")).Single().Outcome == ResponseFrame.Ok);
        }

        var crowd = new List<NetworkStream>();
        for (var i = 0; i < 64; i++)
        {
            var stream = await node.OpenAsync();
            await stream.WriteAsync(FrameCodec.Encode(new HelloFrame(1, null)));
            Assert.IsType<WelcomeFrame>(await ReadAsync(stream));
            crowd.Add(stream);
        }

        await using (var tooMany = await node.OpenAsync())
        {
            Assert.Equal(
                RefusalCodes.TooManyConnections, Assert.IsType<RefusedFrame>(await ReadAsync(tooMany)).Code);
        }

        foreach (var stream in crowd)
        {
            await stream.DisposeAsync();
        }

        await node.AwaitNoSessionsAsync();
        Assert.Equal("a", (await node.RunAsync("msg echo -t a")).Single().Msg);
    }

    private static (byte[] Bytes, string[] Codes) BadStart(Random random) => random.Next(8) switch
    {
        0 => (Encoding.ASCII.GetBytes("GET /etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"), [RefusalCodes.TooLarge]),
        1 => (Prefixed((uint)random.Next(65 * 1024, int.MaxValue), []), [RefusalCodes.TooLarge]),
        2 => (Framed(Noise(random, random.Next(1, 300))), [RefusalCodes.BadFrame]),
        3 => (Framed(Encoding.UTF8.GetBytes($"{{\"type\":\"{Word(random)}\",\"version\":1}}")), [RefusalCodes.BadFrame]),
        4 => (Framed("{\"type\":\"hello\",\"version\":\"1\",\"token\":null}"u8.ToArray()), [RefusalCodes.BadFrame]),
        5 => (FrameCodec.Encode(new HelloFrame(random.Next(2, 1000), null)), [RefusalCodes.BadVersion]),
        6 => (FrameCodec.Encode(new ExecuteFrame(1, ["msg", "echo"])), [RefusalCodes.BadFrame]),
        _ => (Framed(Encoding.UTF8.GetBytes(new string('[', random.Next(10, 20_000)))), [RefusalCodes.BadFrame]),
    };

    private static byte[] BadLater(Random random) => random.Next(7) switch
    {
        0 => Framed(Noise(random, random.Next(1, 300))),
        1 => Prefixed((uint)random.Next(65 * 1024, int.MaxValue), []),
        2 => FrameCodec.Encode(new HelloFrame(1, null)),
        3 => FrameCodec.Encode(new ExecuteFrame(1, [.. Enumerable.Repeat("x", 129)])),
        4 => Framed("{\"type\":\"execute\",\"id\":1,\"words\":[null]}"u8.ToArray()),
        5 => Framed("{\"type\":\"execute\",\"id\":1,\"words\":[\"msg\"],\"more\":1}"u8.ToArray()),
        _ => [.. FrameCodec.Encode(new ExecuteFrame(7, ["msg", "forever"])),
            .. FrameCodec.Encode(new ExecuteFrame(7, ["msg", "forever"]))],
    };

    private static string[] BadLine(Random random) => random.Next(6) switch
    {
        0 => [Word(random)],
        1 => ["msg", Word(random)],
        2 => ["msg", "echo", Word(random), Word(random)],
        3 => ["msg", "count", "-n", Word(random)],
        4 => ["actor", "hierarchy", "-s", "/user/../" + Word(random)],
        _ => ["log", "peek", "-n", Word(random)],
    };

    private static string Word(Random random) => "~" + Encoding.Latin1.GetString(Noise(random, random.Next(1, 60)));

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Framed(byte[] body) => Prefixed((uint)body.Length, body);

    private static byte[] Prefixed(uint length, byte[] body)
    {
        var bytes = new byte[4 + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        body.CopyTo(bytes, 4);
        return bytes;
    }

    // The host may have closed already.
    private static async Task SendAsync(NetworkStream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
        }
    }

    private static async Task<Frame?> ReadAsync(NetworkStream stream)
    {
        using var limit = new CancellationTokenSource(CmdNode.Patience);
        while (true)
        {
            var frame = await FrameCodec.ReadAsync(stream, FrameLimits.FromHost, limit.Token);
            if (frame is not ResponseFrame)
            {
                return frame;
            }
        }
    }

    private static void AssertTellsNothing(string text)
    {
        Assert.DoesNotContain("secret", text);
        Assert.DoesNotContain(Path.GetTempPath(), text);
        Assert.DoesNotContain(AppContext.BaseDirectory, text);
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain("Exception", text);
    }
}
