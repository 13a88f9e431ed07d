using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Leakage;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Strategies;
using Xunit.Abstractions;

namespace TrainingCluster.UnitTests.Trading.Leakage;

public sealed class LeakAuditSpecs(ITestOutputHelper output)
{
    private static readonly BarSeries Market = Build();

    public static TheoryData<string> Leaks => [.. PlantedLeaks.All.Select(leak => leak.Pipeline.Name)];

    public static TheoryData<string> Clean => [.. CleanPipelines.All.Select(pipeline => pipeline.Name)];

    [Theory]
    [MemberData(nameof(Leaks))]
    public void A_planted_leak_is_caught_by_the_gates_made_for_it(string name)
    {
        var (pipeline, gates) = PlantedLeaks.All.Single(leak => leak.Pipeline.Name == name);

        var report = Audit(pipeline, Market);

        Assert.True(report.IsAlarm);
        Assert.All(gates, gate => Assert.Equal(GateStatus.Failed, report[gate].Status));
    }

    [Theory]
    [MemberData(nameof(Clean))]
    public void A_clean_pipeline_raises_no_alarm(string name)
    {
        var report = Audit(CleanPipelines.All.Single(pipeline => pipeline.Name == name), Market);

        Assert.Empty(report.Gates.SelectMany(gate => gate.Findings));
        Assert.False(report.IsAlarm);
    }

    [Fact]
    public void There_are_enough_of_both()
    {
        Assert.True(PlantedLeaks.All.Length >= 12, $"{PlantedLeaks.All.Length} leaks");
        Assert.True(CleanPipelines.All.Length >= 12, $"{CleanPipelines.All.Length} clean pipelines");
    }

    [Theory]
    [InlineData("atr_breakout")]
    [InlineData("rsi_mean_reversion")]
    [InlineData("macd_momentum")]
    public void The_products_own_way_is_clean_on_real_bars(string strategy)
    {
        var bars = Samples.Get("aapl-daily");

        var report = LeakAudit.Run(
            new RulePipeline(StrategyCatalog.Get(strategy)), bars,
            new AuditOptions(new IndexRange(300, bars.Count * 6 / 10), new IndexRange(bars.Count * 7 / 10, bars.Count),
                new Seed(3))
            { Cuts = 6 });

        Assert.False(report.IsAlarm, string.Join("; ", report.Gates.SelectMany(gate => gate.Findings)));
        Assert.Equal(GateStatus.NotChecked, report[LeakGate.AsOfJoin].Status);
    }

    [Fact]
    public void A_signal_that_is_real_raises_no_alarm()
    {
        var bars = SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = 1500, SignalCorrelation = 0.3 }, new Seed(2));

        var report = Audit(
            new AuditedPipeline("signal")
            {
                Make = b => Steps.Plain(b).Append(("signal", [.. Steps.Extra(b, "signal")])),
            },
            bars);

        Assert.False(report.IsAlarm);
    }

    [Fact]
    public void A_finding_names_the_first_bar_the_column_and_both_values()
    {
        var (pipeline, _) = PlantedLeaks.All.Single(leak => leak.Pipeline.Name == "centred_average");

        var finding = Assert.Single(Audit(pipeline, Market)[LeakGate.PrefixInvariance].Findings);

        Assert.Equal("feature centred_average", finding.Column);
        Assert.Matches(@"without the bars after 949, feature centred_average at bar 948 turns from \S+ to 0$",
            finding.Detail);
        Assert.Equal(948, finding.Bar);
    }

    [Theory]
    [InlineData(-1, GateStatus.Suspect)]
    [InlineData(0, GateStatus.Passed)]
    public void A_bar_that_is_still_being_made_is_not_to_be_decided_on(int milliseconds, GateStatus expected)
    {
        const int decided = 1399;
        var options = new AuditOptions(new IndexRange(460, 900), new IndexRange(950, decided + 1), new Seed(7))
        {
            Cuts = 2,
            Now = DateTimeOffset.FromUnixTimeMilliseconds(Market.Times[decided]) + Market.Interval
                + TimeSpan.FromMilliseconds(milliseconds),
        };

        var gate = LeakAudit.Run(CleanPipelines.All[0], Market, options)[LeakGate.Execution];

        Assert.Equal(expected, gate.Status);
        Assert.All(gate.Findings, finding => Assert.Equal(decided, finding.Bar));
    }

    [Fact]
    public void Shuffled_labels_leave_no_evidence_of_skill()
    {
        var pipeline = new RulePipeline(StrategyCatalog.Get("macd_momentum"));
        var bars = HandBars.Synthetic(1500, seed: 8);
        var labels = pipeline.Label(bars);
        var test = new IndexRange(950, 1480);
        int[] labelled = [.. Enumerable.Range(0, bars.Count).Where(bar => labels.Up[bar] != 0)];
        var returns = Enumerable.Range(0, 25).Select(i =>
        {
            var shuffled = labelled.Select(bar => labels.Up[bar]).ToArray();
            new Seed((ulong)i).For("labels").Stream().Shuffle<sbyte>(shuffled);
            var up = labels.Up.ToBuilder();
            foreach (var (index, bar) in labelled.Index())
            {
                up[bar] = shuffled[index];
            }

            var run = pipeline.Run(new PipelineInput(
                bars, labels with { Up = up.ToImmutable() }, new IndexRange(300, 900), test));
            return Backtest.Run(bars, run.Positions, test, CostModel.Free).Returns.ToArray();
        }).ToArray();

        var trials = TrialPopulation.Of(returns.Select(values => SharpeStatistics.Sharpe(values).Value));
        double[] deflated = [.. returns.Select(values => trials.DeflatedSharpe(Moments.Of(values)).Value!.Value)];
        var median = deflated.Order().ElementAt(deflated.Length / 2);

        output.WriteLine($"median deflated Sharpe of {deflated.Length} shuffles: {median:0.000}");
        Assert.True(median < 0.5, $"median {median}");
    }

    [Fact]
    public void Windows_outside_the_bars_are_refused() => Assert.Throws<ArgumentException>(() => LeakAudit.Run(
        CleanPipelines.All[0],
        Market,
        new AuditOptions(new IndexRange(0, 900), new IndexRange(800, 1000), new Seed(1))));

    private LeakReport Audit(AuditedPipeline pipeline, BarSeries bars)
    {
        var report = LeakAudit.Run(
            pipeline, bars,
            new AuditOptions(new IndexRange(460, 900), new IndexRange(950, 1400), new Seed(7)));
        foreach (var finding in report.Gates.SelectMany(gate => gate.Findings))
        {
            output.WriteLine(finding.Detail);
        }

        return report;
    }

    /// <summary>A market without anything to learn, three more symbols, and a vendor who knows tomorrow.</summary>
    private static BarSeries Build()
    {
        var bars = HandBars.Synthetic(1500, seed: 21);
        var symbols = Enumerable.Range(0, 3).Select(k => new BarColumn(
            $"symbol_{k}", HandBars.Synthetic(1500, seed: 31 + (ulong)k).Close.ToArray()));
        double[] vendor = [.. bars.Close[1..].ToArray().Zip(bars.Close.ToArray(), (next, now) => next / now - 1), 0];
        return BarSeries.Create(
            bars.Symbol, bars.Times.ToArray(), bars.Open.ToArray(), bars.High.ToArray(), bars.Low.ToArray(),
            bars.Close.ToArray(), bars.Volume.ToArray(), [.. symbols, new BarColumn("vendor", vendor)]);
    }
}
