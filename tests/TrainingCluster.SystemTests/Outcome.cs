using System.Text.Json;

namespace TrainingCluster.SystemTests;

/// <summary>How a command ended and what it said.</summary>
/// <param name="ExitCode">128 + the signal's number where a signal ended the process.</param>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>The one document on standard output; more than one, or anything beside it, is an error.</summary>
    public JsonElement Json() => JsonDocument.Parse(Output).RootElement;

    /// <summary>The problem document on standard error.</summary>
    public JsonElement Problem() => JsonDocument.Parse(Error).RootElement;

    /// <summary>Fails with everything the command said.</summary>
    public Outcome Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, but: {this}");
        return this;
    }

    /// <summary>The command failed the way a person can read: words on standard error, nothing else anywhere.</summary>
    public Outcome ExpectError(int exitCode, params string[] words)
    {
        Expect(exitCode);
        Assert.Equal("", Output);
        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("Exception", Error);
        foreach (var word in words)
        {
            Assert.Contains(word, Error);
        }

        return this;
    }

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
