using System.Xml.Linq;
using TrainingCluster.Node.Reporting.Charts;

namespace TrainingCluster.UnitTests.Node.Reporting;

public sealed class ChartSpecs
{
    [Fact]
    public void A_spike_of_one_point_survives_thinning()
    {
        var values = new double[100_000];
        values[54_321] = 7;
        values[77_777] = -3;

        var kept = Buckets.Thin(values, 400);

        Assert.Contains(54_321, kept);
        Assert.Contains(77_777, kept);
        Assert.True(kept.Count <= 1_600, $"{kept.Count} points were kept of at most 1,600");
        Assert.Equal(kept.Order(), kept);
    }

    [Fact]
    public void A_short_line_keeps_all_its_points()
    {
        Assert.Equal([0, 1, 2], Buckets.Thin([1.0, 2.0, 3.0], 400));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.35, 0.12)]
    [InlineData(0.98, 143.7)]
    public void Ticks_are_round_and_lie_within_the_axis(double low, double high)
    {
        var scale = AxisScale.Over([low, high], logarithmic: false, include: null);

        var ticks = scale.Ticks(4).ToArray();

        Assert.InRange(ticks.Length, 2, 9);
        Assert.All(ticks, tick => Assert.InRange(tick, low - 1e-9, high + 1e-9));
    }

    [Fact]
    public void A_line_that_never_moves_still_has_an_axis_with_a_height()
    {
        var scale = AxisScale.Over([2.0, 2.0], logarithmic: false, include: null);

        Assert.True(scale.High > scale.Low);
        Assert.Equal(0.5, scale.Fraction(2), 6);
    }

    [Fact]
    public void A_chart_is_well_formed_and_leaves_a_gap_where_a_value_is_missing()
    {
        var chart = new Chart
        {
            Title = "Is 1 < 2 & so on?",
            Series = [new ChartSeries("a <b>", [1, double.NaN, 3, 4], 0)],
            PointLabel = point => $"p{point}",
            Events = [new ChartEvent(2, "stop \"here\"")],
            Bands = [new ChartBand(0, 2, "calm", 1)],
        };

        var svg = XDocument.Parse(SvgChart.Render(chart)).Root!;

        var path = svg.Elements("path").Single().Attribute("d")!.Value;
        Assert.Equal(2, path.Count(letter => letter == 'M'));
        Assert.Equal("Is 1 < 2 & so on?", svg.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void Stacked_weights_fill_the_height_from_zero_to_one()
    {
        var chart = new Chart
        {
            Title = "weights",
            Series = [new ChartSeries("a", [0.25, 0.5], 0), new ChartSeries("b", [0.75, 0.5], 1)],
            PointLabel = point => $"{point}",
            Stacked = true,
            Height = 136,
        };

        var areas = XDocument.Parse(SvgChart.Render(chart)).Root!.Elements("path").ToArray();

        Assert.Equal(2, areas.Length);
        Assert.Contains("M62 10", areas[1].Attribute("d")!.Value);
        Assert.Contains("L62 110", areas[0].Attribute("d")!.Value);
    }
}
