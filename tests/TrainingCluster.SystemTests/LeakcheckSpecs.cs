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

        outcome.Expect(0);
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

        outcome.Expect(5);
        Assert.Contains("x_oracle alone tells up from down", outcome.Output);
    }

    [Fact]
    public async Task Bars_are_read_as_for_training_repaired_and_through_the_gate()
    {
        using var folder = new StateFolder();
        var lines = Csv(tomorrow: false).TrimEnd().Split('\n').ToList();
        (lines[100], lines[101]) = (lines[101], lines[100]);
        var swapped = folder.File("swapped.csv", string.Join("\r\n", lines.Select(line => line.Replace(',', ';'))));
        lines.RemoveRange(200, 150);
        var holes = folder.File("holes.csv", string.Join('\n', lines));
        string[] check = ["--strategy", "macd_momentum", "--state", folder.State, "-o", "json"];

        (await Trainctl.RunAsync("data", "import", swapped, "--state", folder.State)).Expect(0);
        var repaired = await Trainctl.RunAsync(["data", "leakcheck", swapped, .. check]);
        var stored = await Trainctl.RunAsync(["data", "leakcheck", "store:swapped", .. check]);

        Assert.Contains("\"symbol\": \"swapped\"", repaired.Expect(0).Output, StringComparison.OrdinalIgnoreCase);
        stored.Expect(0);
        (await Trainctl.RunAsync(["data", "leakcheck", holes, .. check]))
            .ExpectError(5, "may not be looked at", "--accept-quality");
        (await Trainctl.RunAsync(["data", "leakcheck", holes, "--accept-quality", .. check])).Expect(0);
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
        double[] open = [100, .. new double[Bars + 2]];
        for (var t = 1; t < open.Length; t++)
        {
            open[t] = open[t - 1] * (1 + 0.02 * (random.NextDouble() - 0.5));
        }

        var text = new StringBuilder("Date,Open,High,Low,Close,Volume").AppendLine(tomorrow ? ",oracle" : "");
        var day = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var t = 0; t < Bars; t++)
        {
            var (from, to) = (open[t], open[t] + 0.9 * (open[t + 1] - open[t]));
            var (high, low) = (Math.Max(from, to) * 1.001, Math.Min(from, to) * 0.999);
            var oracle = open[t + 2] / open[t + 1] - 1;
            text.Append(CultureInfo.InvariantCulture, $"{day.AddDays(t):yyyy-MM-dd},{from:R},{high:R},{low:R},{to:R}")
                .Append(CultureInfo.InvariantCulture, $",{1000 + random.Next(1000)}")
                .AppendLine(tomorrow ? string.Create(CultureInfo.InvariantCulture, $",{oracle:R}") : "");
        }

        return text.ToString();
    }
}
