using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace TrainingCluster.Node.Reporting.Charts;

/// <summary>
/// Bars side by side in groups: shares of bins, counts. A self-contained SVG element like <see cref="SvgChart"/>, in
/// the same colours.
/// </summary>
/// <param name="Title">The question that it answers.</param>
/// <param name="Groups">What stands below each group.</param>
/// <param name="Series">Values of at least 0, one a group; a value that is not finite leaves a gap.</param>
internal sealed record BarChart(string Title, ImmutableArray<string> Groups, ImmutableArray<ChartSeries> Series)
{
    private const int Width = 920;
    private const int Left = 62;
    private const int Right = 14;
    private const int Top = 10;
    private const int Bottom = 26;
    private const double Gap = 0.18;

    /// <summary>Labels that fit beside each other.</summary>
    private const int MostLabels = 11;

    public int Height { get; init; } = 170;

    /// <summary>How a value reads on the axis and when pointed at.</summary>
    public Func<double, string> ValueLabel { get; init; } = value => Html.Number(value);

    public string Render()
    {
        var scale = AxisScale.Over(Series.SelectMany(line => line.Values), logarithmic: false, include: 0);
        var inner = Height - Top - Bottom;
        double Y(double value) => Top + (1 - scale.Fraction(value)) * inner;
        var svg = new StringBuilder();
        svg.Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(Title)}\">");
        foreach (var tick in scale.Ticks(3))
        {
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" ")
                .Append($"y2=\"{Y(tick):0.#}\"/><text class=\"axis\" x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" ")
                .Append($"text-anchor=\"end\">{Text(ValueLabel(tick))}</text>");
        }

        var step = (double)(Width - Left - Right) / Math.Max(1, Groups.Length);
        var every = (Groups.Length + MostLabels - 1) / MostLabels;
        for (var group = 0; group < Groups.Length; group++)
        {
            var x = Left + group * step;
            if (group % every == 0)
            {
                svg.Append($"<text class=\"axis\" x=\"{x + step / 2:0.#}\" y=\"{Height - 8}\" ")
                    .Append($"text-anchor=\"middle\">{Text(Groups[group])}</text>");
            }

            DrawGroup(svg, group, x + step * Gap / 2, step * (1 - Gap) / Series.Length, Y);
        }

        return svg.Append("</svg>").ToString();
    }

    private void DrawGroup(StringBuilder svg, int group, double x, double width, Func<double, double> y)
    {
        foreach (var line in Series)
        {
            var value = line.Values[group];
            if (double.IsFinite(value))
            {
                svg.Append($"<rect class=\"a{line.Style}\" x=\"{x:0.#}\" y=\"{y(value):0.#}\" ")
                    .Append($"width=\"{width:0.#}\" height=\"{Math.Max(0, y(0) - y(value)):0.#}\"><title>")
                    .Append($"{Text(line.Name)}, {Text(Groups[group])}: {Text(ValueLabel(value))}</title></rect>");
            }

            x += width;
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
