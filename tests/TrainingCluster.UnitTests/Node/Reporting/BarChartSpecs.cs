using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using TrainingCluster.Node.Reporting.Charts;

namespace TrainingCluster.UnitTests.Node.Reporting;

public sealed class BarChartSpecs
{
    [Fact]
    public void Heights_follow_the_values_and_a_value_that_is_missing_leaves_a_gap()
    {
        var rects = Rects(new BarChart("Is 1 < 2?", ["a", "b", "c"], [new ChartSeries("n", [2, double.NaN, 4], 0)]));

        Assert.Equal(2, rects.Length);
        Assert.Equal(2 * Number(rects[0], "height"), Number(rects[1], "height"), 0.2);
    }

    [Fact]
    public void Series_stand_beside_each_other_within_their_group()
    {
        var rects = Rects(new BarChart(
            "shares", ["a", "b"], [new ChartSeries("one", [1, 1], 0), new ChartSeries("two", [1, 1], 7)]));

        var starts = rects.Select(rect => Number(rect, "x")).ToArray();
        Assert.Equal(starts.Order(), [starts[0], starts[1], starts[2], starts[3]]);
        Assert.Equal(4, starts.Distinct().Count());
    }

    [Fact]
    public void Many_groups_keep_labels_apart()
    {
        ImmutableArray<string> groups = [.. Enumerable.Range(0, 60).Select(i => $"{i}")];
        var chart = new BarChart("many", groups, [new ChartSeries("n", [.. groups.Select(_ => 1.0)], 0)]);

        var below = XDocument.Parse(chart.Render()).Root!.Elements("text")
            .Count(text => (string?)text.Attribute("text-anchor") == "middle");

        Assert.InRange(below, 5, 11);
    }

    private static XElement[] Rects(BarChart chart) =>
        [.. XDocument.Parse(chart.Render()).Root!.Elements("rect")];

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
