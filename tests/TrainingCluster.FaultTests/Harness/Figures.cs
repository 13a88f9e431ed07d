using System.Globalization;
using System.Text.Json;
using TrainingCluster.Testing.Files;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>
/// Keeps what tests measure: with the test's output, and as JSON lines in <c>artifacts/fault-figures.jsonl</c>.
/// </summary>
internal sealed class Figures(ITestOutputHelper output)
{
    private static readonly string File = Repository.PathOf("artifacts", "fault-figures.jsonl");

    /// <param name="what">Measured.</param>
    /// <param name="value">In the unit.</param>
    /// <param name="limit">Above it the test fails.</param>
    /// <param name="unit">Of both.</param>
    public void Add(string what, double value, double limit, string unit)
    {
        var line = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["at"] = DateTimeOffset.UtcNow,
            ["settings"] = FaultSettings.AreReal ? "real" : "fast",
            ["what"] = what,
            ["value"] = Math.Round(value, 3),
            ["limit"] = Math.Round(limit, 3),
            ["unit"] = unit,
        });
        System.IO.File.AppendAllText(File, line + "\n");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {value:F2} {unit} (limit {limit:F2})"));
        Assert.True(value <= limit, string.Create(
            CultureInfo.InvariantCulture, $"{what}: {value:F2} {unit}; the limit is {limit:F2}"));
    }

    public void Add(string what, TimeSpan value, TimeSpan limit) =>
        Add(what, value.TotalSeconds, limit.TotalSeconds, "s");
}
