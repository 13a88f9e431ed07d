using System.Collections.Immutable;
using TrainingCluster.Features.Labels;
using TrainingCluster.Trading.Strategies.AtrBreakout;
using TrainingCluster.Trading.Strategies.AverageCross;
using TrainingCluster.Trading.Strategies.BollingerReversion;
using TrainingCluster.Trading.Strategies.DonchianBreakout;
using TrainingCluster.Trading.Strategies.MacdMomentum;
using TrainingCluster.Trading.Strategies.RsiMeanReversion;
using TrainingCluster.Trading.Strategies.VwapReversion;

namespace TrainingCluster.Trading.Strategies.Catalogue;

/// <summary>What there is to choose from.</summary>
internal static class StrategyEntries
{
    private const int MostBars = 100_000;

    private static readonly StrategyParameter Atr = Bars("atr", "bars of the average true range", 14);

    public static ImmutableArray<StrategyEntry> All { get; } =
    [
        Entry(AtrBreakoutRule.RuleName, "follows closes beyond a channel of average true ranges",
            new AtrBreakoutOptions().Barriers,
            a => new AtrBreakoutRule(
                new AtrBreakoutOptions(a.Whole("channel"), a.Whole("atr"), a.Number("width"))
                {
                    Barriers = a.Barriers,
                }),
            Bars("channel", "bars of the average in the middle", 20), Atr,
            Size("width", "half the channel, in average true ranges", 1.5)),
        Entry(RsiMeanReversionRule.RuleName, "buys weakness and sells strength of the relative strength index",
            new RsiMeanReversionOptions().Barriers,
            a => new RsiMeanReversionRule(
                new RsiMeanReversionOptions(a.Whole("period"), a.Number("oversold"), a.Number("overbought"))
                {
                    Barriers = a.Barriers,
                }),
            Bars("period", "bars of the index", 14),
            new StrategyParameter("oversold", "enters long below", 30, 0.001, 49.999, IsWhole: false),
            new StrategyParameter("overbought", "enters short above", 70, 50.001, 99.999, IsWhole: false)),
        Entry(MacdMomentumRule.RuleName, "follows the convergence and divergence of two averages",
            new MacdMomentumOptions().Barriers,
            a => new MacdMomentumRule(
                new MacdMomentumOptions(
                    a.Whole("fast"), a.Whole("slow"), a.Whole("signal"), a.Whole("atr"), a.Number("half"))
                {
                    Barriers = a.Barriers,
                }),
            Bars("fast", "bars of the fast average", 12), Bars("slow", "bars of the slow average", 26),
            Bars("signal", "bars of the average over the line", 9), Atr,
            Size("half", "histogram that gives a confidence of 1/2, in average true ranges", 0.2)),
        Entry(DonchianBreakoutRule.RuleName, "follows closes beyond the extremes of the bars before",
            new DonchianBreakoutOptions().Barriers,
            a => new DonchianBreakoutRule(
                new DonchianBreakoutOptions(a.Whole("entry"), a.Whole("exit")) { Barriers = a.Barriers }),
            Bars("entry", "bars of the channel whose break enters", 20),
            Bars("exit", "bars of the channel whose break on the other side leaves", 10)),
        Entry(BollingerReversionRule.RuleName, "buys below the lower band and sells above the upper one",
            new BollingerReversionOptions().Barriers,
            a => new BollingerReversionRule(
                new BollingerReversionOptions(a.Whole("period"), a.Number("width")) { Barriers = a.Barriers }),
            new StrategyParameter("period", "bars of the bands", 20, 2, MostBars, IsWhole: true),
            Size("width", "distance of a band, in standard deviations", 2)),
        Entry(AverageCrossRule.RuleName, "follows a fast average across a slow one",
            new AverageCrossOptions().Barriers,
            a => new AverageCrossRule(
                new AverageCrossOptions(
                    a.Whole("fast"), a.Whole("slow"), a.Number("band"), a.Whole("atr"), a.Number("half"))
                {
                    Barriers = a.Barriers,
                }),
            Bars("fast", "bars of the fast average", 10), Bars("slow", "bars of the slow average", 40),
            new StrategyParameter(
                "band", "how far the averages must stand apart, in average true ranges", 0.5, 0, 1000, IsWhole: false),
            Atr, Size("half", "distance that gives a confidence of 1/2, in average true ranges", 1)),
        Entry(VwapReversionRule.RuleName, "expects closes far from the volume-weighted price to return to it",
            new VwapReversionOptions().Barriers,
            a => new VwapReversionRule(
                new VwapReversionOptions(a.Whole("period"), a.Whole("atr"), a.Number("width"))
                {
                    Barriers = a.Barriers,
                }),
            Bars("period", "bars of the volume-weighted price", 10), Atr,
            Size("width", "distance that enters, in average true ranges", 1.5)),
    ];

    private static StrategyEntry Entry(
        string name,
        string meaning,
        BarrierOptions barriers,
        Func<StrategyArguments, IStrategyRule> make,
        params ImmutableArray<StrategyParameter> own) =>
        new(
            name,
            meaning,
            [
                .. own,
                Bars("horizon", "bars a labelled trade is held at most", barriers.HorizonBars),
                Size("profit", "distance of the profit barrier, in average true ranges", barriers.ProfitAtr),
                Size("stop", "distance of the stop barrier, in average true ranges", barriers.StopAtr),
            ],
            make);

    private static StrategyParameter Bars(string name, string meaning, int standard) =>
        new(name, meaning, standard, 1, MostBars, IsWhole: true);

    private static StrategyParameter Size(string name, string meaning, double standard) =>
        new(name, meaning, standard, 0.001, 1000, IsWhole: false);
}
