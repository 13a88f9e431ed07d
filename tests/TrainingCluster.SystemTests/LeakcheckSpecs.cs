using System.Globalization;
using System.Text;

namespace TrainingCluster.SystemTests;

/// <summary>`trainctl data leakcheck` on clean bars and on bars with a column that knows tomorrow.</summary>
public sealed class LeakcheckSpecs
{
    private const int Bars = 700;

    [Fact]
    public async Task Clean_bars_pass_and_every_gate_is_listed()
    {
        using var folder = new StateFolder();
        var file = folder.File("clean.csv", Csv(tomorrow: false));

        var outcome = await Trainctl.RunAsync("data", "leakcheck", file, "--strategy", "macd_momentum", "-o", "json");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("\"prefix_invariance\"", outcome.Output);
        Assert.Contains("\"not_checked\"", outcome.Output);
        Assert.DoesNotContain("\"failed\"", outcome.Output);
    }

    [Fact]
    public async Task A_column_that_knows_tomorrow_fails_the_check_and_is_named()
    {
        using var folder = new StateFolder();
        var file = folder.File("leak.csv", Csv(tomorrow: true));

        var outcome = await Trainctl.RunAsync("data", "leakcheck", file, "--strategy", "macd_momentum");

        Assert.Equal(5, outcome.ExitCode);
        Assert.Contains("x_oracle alone tells up from down", outcome.Output);
    }

    [Fact]
    public async Task Too_few_bars_and_a_missing_file_say_so()
    {
        using var folder = new StateFolder();
        var few = folder.File("few.csv", string.Join('\n', Csv(tomorrow: false).Split('\n')[..150]) + "\n");

        (await Trainctl.RunAsync("data", "leakcheck", few)).ExpectError(2, "bars", "at least");
        (await Trainctl.RunAsync("data", "leakcheck", few + ".not")).ExpectError(2, "there is no file");
    }

    /// <summary>A random walk; its oracle is the return from the next open to the one after.</summary>
    private static string Csv(bool tomorrow)
    {
        var random = new Random(5);
        var open = Enumerable.Range(0, Bars + 2)
            .Aggregate(new List<double> { 100 }, (prices, _) => [.. prices, prices[^1] * (1 + 0.02 * (random.NextDouble() - .5))]);
        var text = new StringBuilder(tomorrow ? "Date,Open,High,Low,Close,Volume,oracle\n" : "Date,Open,High,Low,Close,Volume\n");
        var day = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var t = 0; t < Bars; t++)
        {
            var (from, to) = (open[t], open[t] + 0.9 * (open[t + 1] - open[t]));
            text.Append(CultureInfo.InvariantCulture, $"{day.AddDays(t):yyyy-MM-dd},{from:R},")
                .Append(CultureInfo.InvariantCulture, $"{Math.Max(from, to) * 1.001:R},{Math.Min(from, to) * .999:R},{to:R},{1000 + random.Next(1000)}")
                .AppendLine(tomorrow ? string.Create(CultureInfo.InvariantCulture, $",{open[t + 2] / open[t + 1] - 1:R}") : "");
        }

        return text.ToString();
    }
}
