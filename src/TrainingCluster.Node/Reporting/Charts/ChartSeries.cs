using System.Collections.Immutable;

namespace TrainingCluster.Node.Reporting.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Values">One value a point of the x axis; NaN leaves a gap.</param>
/// <param name="Style">Index into the palette; the same style means the same thing on every chart of a page.</param>
public sealed record ChartSeries(string Name, ImmutableArray<double> Values, int Style)
{
    /// <summary>Dashed lines are for what the model is compared with.</summary>
    public bool Dashed { get; init; }
}

/// <summary>Something that happened at one point of the x axis.</summary>
public sealed record ChartEvent(int Point, string Label);

/// <summary>A span of the x axis with a meaning of its own, drawn behind the lines.</summary>
/// <param name="Start">First point.</param>
/// <param name="End">The point after the last.</param>
public sealed record ChartBand(int Start, int End, string Label, int Style);

/// <summary>What a chart shows; <see cref="Title"/> states the question that it answers.</summary>
public sealed record Chart
{
    public required string Title { get; init; }

    public required ImmutableArray<ChartSeries> Series { get; init; }

    /// <summary>The text below the axis for a point: a date or a step.</summary>
    public required Func<int, string> PointLabel { get; init; }

    /// <summary>How a value reads on the axis and in the legend.</summary>
    public Func<double, string> ValueLabel { get; init; } = value => value.ToString("0.###",
        System.Globalization.CultureInfo.InvariantCulture);

    public ImmutableArray<ChartEvent> Events { get; init; } = [];

    public ImmutableArray<ChartBand> Bands { get; init; } = [];

    public bool Logarithmic { get; init; }

    /// <summary>Areas on top of each other that share the height from 0 to 1.</summary>
    public bool Stacked { get; init; }

    /// <summary>A value that the axis always includes, such as 0 for a drawdown.</summary>
    public double? Include { get; init; }

    public int Height { get; init; } = 220;
}
