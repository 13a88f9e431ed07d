using System.Globalization;
using System.Text;
using TrainingCluster.Cli.Output;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>Bars that passed their check.</summary>
internal sealed record BatchedBars(string Source, BarSeries Bars, long Repairs);

/// <summary>A data set in the making: checked bars, what a pipeline makes of them, and the pipeline.</summary>
internal sealed class PreparedSet
{
    private readonly BarSeries _bars;
    private readonly FittedPipeline _pipeline;
    private readonly FeatureMatrix _matrix;

    private PreparedSet(BatchedBars source, FittedPipeline pipeline, StepCatalogue steps)
    {
        _bars = source.Bars;
        _pipeline = pipeline;
        _matrix = pipeline.Transform(_bars, steps);
        Document = new PreparedDocument(
            source.Source, "", _bars.Symbol, _bars.Count, source.Repairs, _matrix.Columns, _matrix.FirstValidRow,
            Time(pipeline.FittedOn.FirstTime), Time(pipeline.FittedOn.LastTime),
            pipeline.Digest.Hex);
    }

    public PreparedDocument Document { get; private set; }

    /// <param name="template">Fitted on the share of the bars that training would take.</param>
    /// <param name="saved">A model's own pipelines, the first of which is used instead.</param>
    public static PreparedSet Of(BatchedBars source, PipelineTemplate template, ModelPipeline[]? saved) =>
        saved is [var own, ..]
            ? new PreparedSet(source, own.Pipeline.Fitted, own.Steps)
            : new PreparedSet(
                source, ModelPipelines.FitForTraining(template, source.Bars), ModelPipelines.Catalogue);

    /// <summary>Writes <c>dataset.csv</c>, <c>features.csv</c> and <c>pipeline.json</c> into a folder that is named
    /// after the bars: the same bars, the same folder. Each file appears whole.</summary>
    public void Write(string parent)
    {
        var folder = Path.Combine(parent, $"dataset_{Plain(_bars.Symbol)}_{_bars.Digest.Short}");
        Directory.CreateDirectory(folder);
        WriteFile(folder, "dataset.csv", writer => CsvTable.Write(writer, _bars.Times, Columns()));
        WriteFile(folder, "features.csv", writer => CsvTable.Write(writer, _bars.Times, Features()));
        WriteFile(folder, "pipeline.json", writer => writer.Write(Encoding.UTF8.GetString(_pipeline.ToJson())));
        Document = Document with { Folder = folder };
    }

    private static void WriteFile(string folder, string name, Action<TextWriter> write)
    {
        var unfinished = Path.Combine(folder, $".{name}.unfinished");
        using (var writer = new StreamWriter(unfinished))
        {
            write(writer);
        }

        File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
    }

    private List<(string Name, double[] Values)> Columns() =>
    [
        ("open", _bars.Open.ToArray()), ("high", _bars.High.ToArray()), ("low", _bars.Low.ToArray()),
        ("close", _bars.Close.ToArray()), ("volume", _bars.Volume.ToArray()),
        .. _bars.Extra.Select(column => (column.Name, column.Values.ToArray())),
    ];

    private List<(string Name, double[] Values)> Features() =>
    [
        .. _matrix.Names.Select((name, i) => (name, Enumerable.Range(0, _matrix.Rows)
            .Select(row => row < _matrix.FirstValidRow ? double.NaN : _matrix.Row(row)[i]).ToArray())),
    ];

    private static string Plain(string symbol) => string.Concat(symbol.Select(c => char.IsLetterOrDigit(c) ? c : '-'));

    private static DateTimeOffset Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>What was prepared.</summary>
internal sealed record PreparedDocument(
    string Source, string Folder, string Symbol, int Bars, long Repairs, int Columns, int FirstCompleteBar,
    DateTimeOffset FittedFrom, DateTimeOffset FittedTo, string PipelineSha256)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Source}: {Bars} bars, {Repairs} repairs, {Columns} columns complete from bar {FirstCompleteBar} on, fitted "
            + $"on {TextFormat.Time(FittedFrom)} to {TextFormat.Time(FittedTo)}; written to "
            + $"{Path.Combine(Folder, "dataset.csv")}, features.csv and pipeline.json ({PipelineSha256[..12]})");
}
