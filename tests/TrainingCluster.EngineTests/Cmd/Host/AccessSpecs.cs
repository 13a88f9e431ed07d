using Akka.Actor;
using Akka.Configuration;
using Petabridge.Cmd.Client;
using Petabridge.Cmd.Host;

namespace TrainingCluster.EngineTests.Cmd.Host;

/// <summary>Who may run commands.</summary>
public sealed class AccessSpecs : IDisposable
{
    private const string Token = "0123456789abcdef";

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public async Task An_address_that_others_reach_needs_a_token()
    {
        var system = ActorSystem.Create("RED", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF }\npetabridge.cmd { host = \"0.0.0.0\", port = 0 }"));

        var refused = Assert.Throws<ConfigurationException>(PetabridgeCmd.Get(system).Start);

        Assert.Contains("auth-token-file", refused.Message);
        await system.Terminate();
    }

    [Fact]
    public async Task Who_shows_the_token_comes_in_and_a_new_token_counts_at_once()
    {
        await File.WriteAllTextAsync(_file, Token + "\n");
        await using var node = await CmdNode.StartAsync(
            $"petabridge.cmd {{ host = \"0.0.0.0\", auth-token-file = \"{_file}\" }}");

        await using (await node.ConnectAsync(Token))
        {
        }

        var none = await Assert.ThrowsAsync<PbmConnectionException>(() => node.ConnectAsync());
        var wrong = await Assert.ThrowsAsync<PbmConnectionException>(() => node.ConnectAsync(Token + "x"));
        Assert.All([none, wrong], refused => Assert.DoesNotContain(_file, refused.Message));
        Assert.All([none, wrong], refused => Assert.DoesNotContain(Token, refused.Message));
        await File.WriteAllTextAsync(_file, Token + "x\n");
        await using (await node.ConnectAsync(Token + "x"))
        {
        }

        await Assert.ThrowsAsync<PbmConnectionException>(() => node.ConnectAsync(Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    public async Task A_token_that_is_missing_or_too_short_lets_nobody_in(string? text)
    {
        if (text is not null)
        {
            await File.WriteAllTextAsync(_file, text);
        }

        await using var node = await CmdNode.StartAsync($"petabridge.cmd.auth-token-file = \"{_file}\"");

        await Assert.ThrowsAsync<PbmConnectionException>(() => node.ConnectAsync(text));
        await Assert.ThrowsAsync<PbmConnectionException>(() => node.ConnectAsync());
    }

    [Theory]
    [InlineData("host = \"example.org\"")]
    [InlineData("port = 70000")]
    public async Task An_address_that_is_none_is_refused(string setting)
    {
        var system = ActorSystem.Create("RED", ConfigurationFactory.ParseString(
            $"akka {{ loglevel = OFF, stdout-loglevel = OFF }}\npetabridge.cmd {{ {setting} }}"));

        Assert.Throws<ConfigurationException>(PetabridgeCmd.Get(system).Start);
        await system.Terminate();
    }

    public void Dispose() => File.Delete(_file);
}
