using System.Diagnostics;
using TrainingCluster.Trading.Statistics;
using Xunit.Abstractions;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class BacktestOverfittingSpecs(ITestOutputHelper output)
{
    [Fact]
    public void The_table_worked_by_hand_gives_four_of_six()
    {
        var pbo = Measure([[10, 40, 5], [20, 3, 50], [30, 10, 12], [21, 52, 0]]);

        // Halvings in the order of their bits: 01, 02, 12, 03, 13, 23.
        Assert.Equal(
            [-1.0986, 1.0986, -1.0986, -1.0986, 1.0986, 0], pbo.Logits.ToArray(), new Within(1e-4));
        Assert.Equal(4.0 / 6, pbo.Probability);
    }

    [Fact]
    public void A_trial_that_is_always_best_is_not_overfitted() =>
        Assert.Equal(0, Measure([[3, 2, 1], [4, 2, 1], [5, 2, 1], [6, 2, 1]]).Probability);

    [Fact]
    public void Trials_that_turn_round_are_overfitted_for_certain() =>
        Assert.Equal(1, Measure([[5, -5, 0], [5, -5, 0], [-5, 5, 0], [-5, 5, 0]]).Probability);

    [Fact]
    public void Rows_that_do_not_divide_are_cut_from_the_start()
    {
        var pbo = Measure(
            [[99, -99, 0], [10, 40, 5], [20, 3, 50], [30, 10, 12], [21, 52, 0]]);

        Assert.Equal((4.0 / 6, 1), (pbo.Probability, pbo.TrimmedRows));
    }

    [Fact]
    public void Noise_is_overfitted_half_of_the_time_and_a_real_edge_seldom()
    {
        const int Markets = 60;
        var (noise, squares, edge) = (0.0, 0.0, 0.0);
        for (var market = 0; market < Markets; market++)
        {
            var trials = Gaussian.Series(models: 20, bars: 160, seed: (ulong)market);
            var probability = BacktestOverfitting.Measure(trials, 8).Probability;
            noise += probability / Markets;
            squares += probability * probability / Markets;
            trials[7] = [.. trials[7].Select(value => value + 0.3)];
            edge += BacktestOverfitting.Measure(trials, 8).Probability / Markets;
        }

        // One such figure near a half says nothing: it scatters that much without any skill.
        var scatter = Math.Sqrt(squares - noise * noise);
        output.WriteLine($"noise {noise:0.00} ± {scatter:0.00}, edge {edge:0.00}");
        Assert.InRange(scatter, 0.13, 0.27);
        Assert.InRange(noise, 0.42, 0.62);
        Assert.InRange(edge, 0, 0.2);
    }

    [Fact]
    public void The_sharpe_of_block_sums_is_the_sharpe_of_the_bars()
    {
        var trials = Gaussian.Series(models: 3, bars: 40, seed: 9);

        var pbo = BacktestOverfitting.Measure(trials, 2);

        // Two halvings: bars 0…19 choose, then bars 20…39 do.
        foreach (var (halving, (inside, outside)) in new[] { (0..20, 20..40), (20..40, 0..20) }.Index())
        {
            double Ratio(int trial, Range part) => SharpeStatistics.Sharpe(trials[trial][part]);
            var best = Enumerable.Range(0, 3).MaxBy(trial => Ratio(trial, inside));
            var rank = Enumerable.Range(0, 3).Count(trial => Ratio(trial, outside) <= Ratio(best, outside));
            Assert.Equal(Math.Log(rank / 4.0 / (1 - rank / 4.0)), pbo.Logits[halving], 1e-12);
        }
    }

    [Fact]
    public void Sixteen_blocks_of_a_hundred_trials_take_a_moment()
    {
        var trials = Gaussian.Series(models: 100, bars: 2500, seed: 1);
        BacktestOverfitting.Measure(trials, 8);
        var clock = Stopwatch.StartNew();

        var pbo = BacktestOverfitting.Measure(trials);

        output.WriteLine($"{clock.Elapsed.TotalMilliseconds:0} ms for {pbo.Logits.Length} halvings");
        Assert.Equal(12_870, pbo.Logits.Length);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(26)]
    public void An_odd_or_huge_number_of_blocks_is_refused(int blocks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            BacktestOverfitting.Measure(Gaussian.Series(2, 100, 1), blocks));

    /// <summary>Rows are bars, as the tables are printed; one bar a block.</summary>
    private static BacktestOverfitting Measure(double[][] rows) => BacktestOverfitting.Measure(
        [.. Enumerable.Range(0, rows[0].Length).Select(trial => rows.Select(row => row[trial]).ToArray())],
        4,
        OverfittingMetric.Mean);
}
