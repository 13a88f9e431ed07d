using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>
/// A pipeline with everything it learned and from which bars: what is saved with a model. It refuses bars whose
/// further columns are not those it was fitted on.
/// </summary>
public sealed record FittedPipeline
{
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    public int Format { get; init; } = CurrentFormat;

    public required string ModelType { get; init; }

    public required int TemplateVersion { get; init; }

    /// <summary>Bars of a window.</summary>
    public required int Window { get; init; }

    /// <summary>Further columns that the bars must have, in order.</summary>
    public required ImmutableArray<string> SourceColumns { get; init; }

    /// <summary>First and last bar that fitting has seen, with their stamps in Unix milliseconds UTC.</summary>
    public required FitWindow FittedOn { get; init; }

    public required ImmutableArray<FittedStep> Steps { get; init; }

    [JsonIgnore]
    public ImmutableArray<string> Outputs => Steps[^1].Outputs;

    /// <summary>Of the JSON text: same digest, same numbers.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.Of(ToJson());

    /// <summary>The first row in which every column is defined, before anything is fitted; the number of bars where
    /// there is none. Which values are missing is looked at, and not what they are.</summary>
    /// <exception cref="FormatException">A step is unknown or a setting wrong.</exception>
    public static int FirstRow(PipelineTemplate template, BarSeries bars, StepCatalogue? catalogue = null)
    {
        var table = ColumnTable.Empty(bars.Count);
        foreach (var text in template.Steps)
        {
            var spec = StepSpec.Parse(text);
            table = (catalogue ?? StepCatalogue.Standard).Get(spec.Name).Unfitted(new StepInput(spec, bars, table));
        }

        return table.FirstCompleteRow();
    }

    /// <summary>Fits every step on the window, each on what the one before it made.</summary>
    /// <exception cref="FormatException">A step is unknown, a setting wrong, or the window not enough.</exception>
    /// <exception cref="ArgumentException">The window is empty or leaves the bars.</exception>
    public static FittedPipeline Fit(
        PipelineTemplate template, BarSeries bars, IndexRange window, StepCatalogue? catalogue = null) =>
        Fit(template, [new FitBars(bars, window)], catalogue);

    /// <summary>Fits every step on the windows of several symbols together, as if their rows were one table.</summary>
    /// <exception cref="FormatException">A step is unknown, a setting wrong, or the windows not enough.</exception>
    /// <exception cref="FeatureSchemaException">The symbols have different further columns.</exception>
    /// <exception cref="ArgumentException">A window is empty or leaves its bars.</exception>
    public static FittedPipeline Fit(
        PipelineTemplate template, ImmutableArray<FitBars> markets, StepCatalogue? catalogue = null)
    {
        if (markets.IsEmpty || template.Steps.IsEmpty)
        {
            throw new ArgumentException("there must be bars and a step", nameof(markets));
        }

        // Only bars up to a window's end are looked at, whatever a step does.
        BarSeries[] known = [.. markets.Select(market => market.Known())];
        ColumnTable[] tables = [.. known.Select(bars => ColumnTable.Empty(bars.Count))];
        var steps = ImmutableArray.CreateBuilder<FittedStep>();
        foreach (var text in template.Steps)
        {
            var spec = StepSpec.Parse(text);
            var step = (catalogue ?? StepCatalogue.Standard).Get(spec.Name);
            StepInput[] inputs = [.. known.Zip(tables, (bars, table) => new StepInput(spec, bars, table))];
            var (together, window) = markets.Length == 1 ? (inputs[0], markets[0].Window) : Joined(inputs, markets);
            var values = step.Fit(together, window);
            var before = tables[0].Names;
            tables = [.. inputs.Select(input => step.Transform(input, values))];
            Array.ForEach(tables, table => RequireSame(tables[0].Names, table.Names));
            steps.Add(new FittedStep(spec.ToString(), before, tables[0].Names, values));
        }

        return new FittedPipeline
        {
            ModelType = template.ModelType,
            TemplateVersion = template.Version,
            Window = template.Window,
            SourceColumns = [.. known[0].Extra.Select(column => column.Name)],
            FittedOn = FitWindow.Of(markets),
            Steps = steps.ToImmutable(),
        };
    }

    /// <summary>Rows in front of the first in which every column is defined are 0.</summary>
    /// <exception cref="FeatureSchemaException">The bars have other further columns, or a step gives other
    /// columns than when it was fitted.</exception>
    /// <exception cref="BarDataException">A value is missing after the first complete row.</exception>
    public FeatureMatrix Transform(BarSeries bars, StepCatalogue? catalogue = null)
    {
        RequireColumns(bars);
        var table = ColumnTable.Empty(bars.Count);
        foreach (var fitted in Steps)
        {
            RequireSame(fitted.Inputs, table.Names);
            var spec = StepSpec.Parse(fitted.Step);
            table = (catalogue ?? StepCatalogue.Standard).Get(spec.Name)
                .Transform(new StepInput(spec, bars, table), fitted.Values);
            RequireSame(fitted.Outputs, table.Names);
        }

        return Matrix(bars, table);
    }

    /// <summary>Whether the bars have the further columns that the pipeline was fitted on, in order.</summary>
    /// <exception cref="FeatureSchemaException">They have not; missing and further ones are named.</exception>
    public void RequireColumns(BarSeries bars) =>
        RequireSame(SourceColumns, [.. bars.Extra.Select(column => column.Name)]);

    public bool Equals(FittedPipeline? other) => other is not null && Digest == other.Digest;

    public override int GetHashCode() => Digest.GetHashCode();

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">The text is no pipeline of this format: members missing, unknown, or of
    /// another format.</exception>
    public static FittedPipeline FromJson(ReadOnlySpan<byte> utf8)
    {
        var pipeline = JsonSerializer.Deserialize<FittedPipeline>(utf8, Json);
        return pipeline switch
        {
            null => throw new JsonException("a pipeline must be an object, not null"),
            { Format: not CurrentFormat } => throw new JsonException(
                $"the pipeline has format {pipeline.Format}; this program reads {CurrentFormat}"),
            { Steps.IsDefaultOrEmpty: true } => throw new JsonException("a pipeline must have steps"),
            _ => pipeline,
        };
    }

    /// <summary>The rows of all windows under each other.</summary>
    private static (StepInput Input, IndexRange Window) Joined(StepInput[] inputs, ImmutableArray<FitBars> markets)
    {
        var rows = markets.Sum(market => market.Window.Count);
        var names = inputs[0].Table.Names;
        var table = new ColumnTable(
            rows, names,
            [
                .. names.Select((_, i) => inputs.SelectMany((input, k) =>
                    input.Table.Columns[i][markets[k].Window.Start..markets[k].Window.End]).ToArray()),
            ]);
        return (inputs[0] with { Table = table }, new IndexRange(0, rows));
    }

    private static FeatureMatrix Matrix(BarSeries bars, ColumnTable table)
    {
        var first = table.FirstCompleteRow();
        var width = table.Names.Length;
        var values = new float[checked(table.Rows * width)];
        for (var i = 0; i < width; i++)
        {
            var column = table.Columns[i];
            for (var row = first; row < table.Rows; row++)
            {
                values[row * width + i] = double.IsFinite(column[row]) ? (float)column[row]
                    : throw new BarDataException(new BarViolation(
                        $"{bars.Symbol}, bar {row}", null, table.Names[i],
                        column[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
                        "must have a finite value on every bar after its first one"));
            }
        }

        return new FeatureMatrix(table.Names, table.Rows, first, values);
    }

    private static void RequireSame(ImmutableArray<string> expected, ImmutableArray<string> given)
    {
        if (expected.SequenceEqual(given))
        {
            return;
        }

        ImmutableArray<string> missing = [.. expected.Except(given, StringComparer.Ordinal)];
        ImmutableArray<string> extra = [.. given.Except(expected, StringComparer.Ordinal)];
        throw new FeatureSchemaException(
            missing, extra, missing.IsEmpty && extra.IsEmpty ? string.Join(", ", expected) : null);
    }
}

/// <summary>The bars that a pipeline was fitted on, both ends included; of several symbols the first and the last of
/// any.</summary>
public sealed record FitWindow(int FirstBar, int LastBar, long FirstTime, long LastTime)
{
    internal static FitWindow Of(ImmutableArray<FitBars> markets) => new(
        markets.Min(market => market.Window.Start),
        markets.Max(market => market.Window.End) - 1,
        markets.Min(market => market.Bars.Times[market.Window.Start]),
        markets.Max(market => market.Bars.Times[market.Window.End - 1]));
}

/// <summary>A symbol's bars and the window of them that may be fitted on.</summary>
public sealed record FitBars(BarSeries Bars, IndexRange Window)
{
    /// <exception cref="ArgumentException">The window is empty or leaves the bars.</exception>
    internal BarSeries Known() => Window.Count > 0 && Window.Start >= 0 && Window.End <= Bars.Count
        ? Bars.Slice(0, Window.End)
        : throw new ArgumentException($"the window {Window} must hold at least one of {Bars.Count} bars");
}
