using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TrainingCluster.EngineTests.Persistence;

/// <summary>What actors say, in order; tests wait for lines instead of for time.</summary>
public sealed class Transcript : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<string> _lines = [];

    public void Add(string line) => _lines.Add(line);

    /// <summary>The next lines are exactly these.</summary>
    public void Expect(params string[] expected)
    {
        foreach (var line in expected)
        {
            Assert.True(_lines.TryTake(out var actual, Patience), $"Expected '{line}', but nothing came.");
            Assert.Equal(line, actual);
        }
    }

    /// <summary>The next line, whatever it is.</summary>
    public string Next()
    {
        Assert.True(_lines.TryTake(out var actual, Patience), "Expected a line, but nothing came.");
        return actual!;
    }

    /// <summary>False where nothing has been said yet.</summary>
    public bool TryNext([NotNullWhen(true)] out string? line) => _lines.TryTake(out line);

    /// <summary>Nothing was said after what was expected.</summary>
    public void ExpectNothingMore() => Assert.False(_lines.TryTake(out var line), $"Unexpected '{line}'.");

    public void Dispose() => _lines.Dispose();
}
