using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Preparation;

/// <summary>
/// The prepared data of all symbols of a run. Learners count in rows of the panel (see <see cref="BarPanel"/>); with
/// one symbol a row is a bar and nothing is copied.
/// </summary>
internal sealed class PreparedMarkets
{
    private PreparedMarkets(BarPanel panel, ImmutableArray<PreparedData> markets, PreprocessorSpec preprocessor)
    {
        Panel = panel;
        Markets = markets;
        Preprocessor = preprocessor;
        Matrix = Stack(panel, markets);
        Windows = panel.IsSingle ? markets[0].Windows : new WindowView(Matrix, preprocessor.Window, panel.Starts);
        Labels = Stack(markets, panel.Starts);
        Direction = panel.IsSingle
            ? markets[0].Signals.Direction
            : [.. markets.SelectMany(market => market.Signals.Direction)];
        Train = Rows(split => split.Train);
        Validation = Rows(split => split.Validation);
        Test = Rows(split => split.Test);
    }

    public BarPanel Panel { get; }

    /// <summary>By symbol.</summary>
    public ImmutableArray<PreparedData> Markets { get; }

    public PreprocessorSpec Preprocessor { get; }

    /// <summary>Scaled features, one row a row of the panel.</summary>
    public FeatureMatrix Matrix { get; }

    /// <summary>By the row of their last bar; none crosses from one symbol into another.</summary>
    public WindowView Windows { get; }

    /// <summary>By row; the last bars of labels are rows too.</summary>
    public LabelSet Labels { get; }

    /// <summary>The strategy's side, by row.</summary>
    public ImmutableArray<sbyte> Direction { get; }

    /// <summary>Rows to fit on, ascending.</summary>
    public ImmutableArray<int> Train { get; }

    /// <summary>Rows to choose by, ascending.</summary>
    public ImmutableArray<int> Validation { get; }

    /// <summary>Rows to report on, ascending.</summary>
    public ImmutableArray<int> Test { get; }

    public static implicit operator PreparedMarkets(PreparedData data) =>
        new(data.Bars, [data], data.Preprocessor);

    public static PreparedMarkets Of(
        BarPanel panel, ImmutableArray<PreparedData> markets, PreprocessorSpec preprocessor) =>
        new(panel, markets, preprocessor);

    /// <summary>By symbol a part of its split, in bars of the symbol.</summary>
    public ImmutableArray<IndexRange> Bars(Func<TimeSplit, IndexRange> part) =>
        [.. Markets.Select(market => part(market.Split))];

    /// <summary>By symbol a part of its split, in rows.</summary>
    public ImmutableArray<IndexRange> Ranges(Func<TimeSplit, IndexRange> part) => InRows(Bars(part));

    /// <summary>Bars of the symbols as rows.</summary>
    public ImmutableArray<IndexRange> InRows(ImmutableArray<IndexRange> bars) =>
        [.. bars.Select((range, k) => new IndexRange(Panel.Starts[k] + range.Start, Panel.Starts[k] + range.End))];

    /// <summary>All rows of a range of bars of each symbol, ascending.</summary>
    public ImmutableArray<int> RowsOf(ImmutableArray<IndexRange> bars) =>
        [.. InRows(bars).SelectMany(range => Enumerable.Range(range.Start, range.Count))];

    /// <summary>Stamps of rows.</summary>
    public ImmutableArray<long> Times(ImmutableArray<int> rows) => [.. rows.Select(Panel.TimeOf)];

    private ImmutableArray<int> Rows(Func<TimeSplit, IndexRange> part) => RowsOf(Bars(part));

    private static FeatureMatrix Stack(BarPanel panel, ImmutableArray<PreparedData> markets)
    {
        var first = markets[0].Matrix;
        if (markets.Length == 1)
        {
            return first;
        }

        var values = new float[checked(panel.Count * first.Columns)];
        for (var k = 0; k < markets.Length; k++)
        {
            markets[k].Matrix.Values.CopyTo(values, panel.Starts[k] * first.Columns);
        }

        return new FeatureMatrix(
            first.Names, panel.Count, markets.Max(market => market.Matrix.FirstValidRow), values);
    }

    private static LabelSet Stack(ImmutableArray<PreparedData> markets, ImmutableArray<int> starts) =>
        markets.Length == 1
            ? markets[0].Labels
            : new LabelSet(
                [.. markets.SelectMany(market => market.Labels.Direction)],
                [.. markets.SelectMany(market => market.Labels.Barrier)],
                [.. markets.SelectMany((market, k) => market.Labels.LastBar.Select(bar => starts[k] + bar))],
                [.. markets.SelectMany(market => market.Labels.NextUp)],
                [.. markets.SelectMany(market => market.Labels.Valid)]);
}
