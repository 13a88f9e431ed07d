using System.Net;
using Akka.Configuration;
using TrainingCluster.Api.Security;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.ClusterTests.Api;

public sealed class ApiTokensSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokens-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_token_of_the_file_has_its_name_and_no_other_has_one()
    {
        var tokens = ApiTokens.Read(Write("# ours\nops:0123456789abcdef\n\n  fedcba9876543210fedcba  \n"));

        Assert.Equal("token:ops", tokens.NameOf("0123456789abcdef"));
        Assert.Equal("token", tokens.NameOf("fedcba9876543210fedcba"));
        Assert.Null(tokens.NameOf("0123456789abcdeF"));
        Assert.Null(tokens.NameOf(""));
    }

    [Theory]
    [InlineData("", "holds no token")]
    [InlineData("# nothing\n", "holds no token")]
    [InlineData("ops:short\n", "line 1")]
    [InlineData("ops:0123456789abcdef\nx y:0123456789abcdef\n", "line 2")]
    [InlineData("ops:0123456789 abcdef\n", "line 1")]
    public void A_file_that_would_let_nobody_or_anybody_in_is_refused_with_its_line(string text, string because)
    {
        var refused = Assert.Throws<ApiTokenException>(() => ApiTokens.Read(Write(text)));

        Assert.Contains(because, refused.Message);
        Assert.DoesNotContain("0123456789", refused.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere", Assert.Throws<ApiTokenException>(
            () => ApiTokens.Read(Path.Combine(_folder, "nowhere"))).Message);

    [Fact]
    public void The_defaults_are_those_of_the_reference()
    {
        var options = ApiOptions.From(BuiltInConfig.Reference);

        Assert.Equal(IPAddress.Loopback, options.Address);
        Assert.Equal(8080, options.Port);
        Assert.Equal("", options.TokenFile);
        Assert.Equal(1 << 20, options.RequestBytesMax);
        Assert.Equal(64 << 20, options.UploadBytesMax);
        Assert.Equal(200, options.ConnectionsMax);
    }

    [Fact]
    public void An_address_that_others_reach_needs_a_token_file()
    {
        var refused = Assert.Throws<TrainingOptionsException>(() => ApiOptions.From(
            Own("training.api { address = \"0.0.0.0\", port = 70000 }")));

        Assert.Equal(2, refused.Violations.Count);
        Assert.Contains("training.api.port is 70000", refused.Violations[0]);
        Assert.Contains("training.api.token-file is empty", refused.Violations[1]);
        Assert.Equal(IPAddress.Any, ApiOptions.From(
            Own("training.api { address = \"0.0.0.0\", token-file = \"tokens\" }")).Address);
    }

    private static Config Own(string text) =>
        ConfigurationFactory.ParseString(text).WithFallback(BuiltInConfig.Reference);

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "tokens");
        File.WriteAllText(path, text);
        return path;
    }
}
