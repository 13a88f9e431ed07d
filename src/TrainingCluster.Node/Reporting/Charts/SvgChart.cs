using System.Net;
using System.Text;

namespace TrainingCluster.Node.Reporting.Charts;

/// <summary>
/// Draws a chart as a self-contained SVG element: no script, no fonts or pictures from elsewhere.
/// Colours come from the page's style sheet (classes s0…s7 for lines, b0…b7 for bands), so dark mode works.
/// </summary>
internal static class SvgChart
{
    private const int Width = 920;
    private const int Left = 62;
    private const int Right = 14;
    private const int Top = 10;
    private const int Bottom = 26;

    public static string Render(Chart chart)
    {
        var points = chart.Series.Max(series => series.Values.Length);
        var plot = new Plot(chart, points, ScaleOf(chart));
        var svg = new StringBuilder();
        svg.Append($"<svg viewBox=\"0 0 {Width} {chart.Height}\" role=\"img\" aria-label=\"{Text(chart.Title)}\">");
        DrawBands(svg, plot);
        DrawGrid(svg, plot);
        if (chart.Stacked)
        {
            DrawStack(svg, plot);
        }
        else
        {
            DrawLines(svg, plot);
        }

        DrawEvents(svg, plot);
        return svg.Append("</svg>").ToString();
    }

    private static AxisScale ScaleOf(Chart chart) => chart.Stacked
        ? AxisScale.Over([0, 1], false, null)
        : AxisScale.Over(chart.Series.SelectMany(series => series.Values), chart.Logarithmic, chart.Include);

    private static void DrawBands(StringBuilder svg, Plot plot)
    {
        foreach (var band in plot.Chart.Bands)
        {
            var x = plot.X(band.Start);
            svg.Append($"<rect class=\"b{band.Style}\" x=\"{x:0.#}\" y=\"{Top}\" "
                + $"width=\"{Math.Max(plot.X(band.End) - x, 0.5):0.#}\" ")
                .Append($"height=\"{plot.InnerHeight}\"><title>{Text(band.Label)}</title></rect>");
        }
    }

    private static void DrawGrid(StringBuilder svg, Plot plot)
    {
        foreach (var tick in plot.Scale.Ticks(4))
        {
            var y = plot.Y(tick);
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>")
                .Append($"<text class=\"axis\" x=\"{Left - 6}\" y=\"{y + 4:0.#}\" "
                    + $"text-anchor=\"end\">{Text(plot.Chart.ValueLabel(tick))}</text>");
        }

        const int labels = 6;
        for (var i = 0; i < labels && plot.Points > 1; i++)
        {
            var point = (int)((long)(plot.Points - 1) * i / (labels - 1));
            var anchor = i == 0 ? "start" : i == labels - 1 ? "end" : "middle";
            svg.Append($"<text class=\"axis\" x=\"{plot.X(point):0.#}\" y=\"{plot.Chart.Height - 8}\" "
                + $"text-anchor=\"{anchor}\">")
                .Append(Text(plot.Chart.PointLabel(point))).Append("</text>");
        }
    }

    private static void DrawLines(StringBuilder svg, Plot plot)
    {
        foreach (var series in plot.Chart.Series)
        {
            var path = new StringBuilder();
            var drawing = false;
            foreach (var point in Buckets.Thin(series.Values.AsSpan(), Width / 2))
            {
                var value = series.Values[point];
                if (!double.IsFinite(value))
                {
                    drawing = false;
                    continue;
                }

                path.Append($"{(drawing ? 'L' : 'M')}{plot.X(point):0.#} {plot.Y(value):0.#}");
                drawing = true;
            }

            svg.Append($"<path class=\"line s{series.Style}{(series.Dashed ? " dashed" : "")}\" d=\"{path}\">")
                .Append($"<title>{Text(series.Name)}</title></path>");
        }
    }

    private static void DrawStack(StringBuilder svg, Plot plot)
    {
        var below = new double[plot.Points];
        foreach (var series in plot.Chart.Series)
        {
            var kept = Buckets.Thin(series.Values.AsSpan(), Width / 2);
            var path = new StringBuilder();
            foreach (var point in kept)
            {
                path.Append($"{(path.Length == 0 ? 'M' : 'L')}{plot.X(point):0.#} "
                    + $"{plot.Y(below[point] + series.Values[point]):0.#}");
            }

            for (var i = kept.Count - 1; i >= 0; i--)
            {
                path.Append($"L{plot.X(kept[i]):0.#} {plot.Y(below[kept[i]]):0.#}");
            }

            for (var point = 0; point < series.Values.Length; point++)
            {
                below[point] += series.Values[point];
            }

            svg.Append($"<path class=\"area a{series.Style}\" d=\"{path}Z\"><title>{Text(series.Name)}</title></path>");
        }
    }

    private static void DrawEvents(StringBuilder svg, Plot plot)
    {
        foreach (var happened in plot.Chart.Events)
        {
            var x = plot.X(happened.Point);
            svg.Append($"<g class=\"event\"><line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top}\" "
                + $"y2=\"{plot.Chart.Height - Bottom}\"/>")
                .Append($"<circle cx=\"{x:0.#}\" cy=\"{Top + 4}\" r=\"4\"/><title>{Text(happened.Label)}</title></g>");
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private sealed record Plot(Chart Chart, int Points, AxisScale Scale)
    {
        public int InnerHeight => Chart.Height - Top - Bottom;

        public double X(int point) =>
            Left + (Points < 2 ? 0 : (double)point / (Points - 1) * (Width - Left - Right));

        public double Y(double value) => Top + (1 - Scale.Fraction(value)) * InnerHeight;
    }
}
