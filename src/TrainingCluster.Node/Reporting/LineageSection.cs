using System.Collections.Immutable;
using System.Text;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Node.Reporting;

/// <summary>What was made from what: data on the left, the ensemble on the right.</summary>
internal static class LineageSection
{
    private static readonly string[] Columns = ["data", "cnn_lstm", "agent", "hybrid", "ensemble"];
    private const int ColumnWidth = 190;
    private const int RowHeight = 58;
    private const int BoxWidth = 166;
    private const int BoxHeight = 42;

    public static string Render(RunReport report)
    {
        var versions = report.Jobs.Select(job => job.Version).OfType<ModelVersion>().ToArray();
        var nodes = Place(report, versions);
        var rows = nodes.Values.Max(node => node.Row) + 1;
        var svg = new StringBuilder();
        svg.Append($"<svg viewBox=\"0 0 {Columns.Length * ColumnWidth} {rows * RowHeight + 8}\" role=\"img\" "
            + $"aria-label=\"Lineage\">");
        foreach (var version in versions)
        {
            var sources = version.Lineage.Edges.Select(edge => edge.Target.ToString())
                .Where(nodes.ContainsKey).DefaultIfEmpty(Columns[0]);
            foreach (var source in sources)
            {
                AppendEdge(svg, nodes[source], nodes[version.Id.ToString()]);
            }
        }

        foreach (var node in nodes.Values)
        {
            AppendBox(svg, node);
        }

        return new StringBuilder("<h2>Lineage</h2><p class=\"note\">Every box is content-addressed: the digits are "
            + "the start of ")
            .Append("its sha-256, checked on every load.</p>")
            .Append(svg).Append("</svg>").Append(Table(versions)).ToString();
    }

    private static Dictionary<string, Node> Place(RunReport report, ModelVersion[] versions)
    {
        var nodes = new Dictionary<string, Node>
        {
            [Columns[0]] = new(0, 0, report.Spec.DataName, report.Spec.Data),
        };
        var filled = new int[Columns.Length];
        foreach (var version in versions)
        {
            var column = Array.IndexOf(Columns, version.Id.Model.Type) is var known && known > 0 ? known : 2;
            nodes[version.Id.ToString()] = new Node(column, filled[column]++, version.Id.ToString(), version.Digest);
        }

        return nodes;
    }

    private static void AppendEdge(StringBuilder svg, Node from, Node to) => svg.Append($"<path class=\"edge\" "
        + $"d=\"M{from.X + BoxWidth} {from.Y + BoxHeight / 2} C{from.X + BoxWidth + 30} {from.Y + BoxHeight / 2} ")
        .Append($"{to.X - 30} {to.Y + BoxHeight / 2} {to.X} {to.Y + BoxHeight / 2}\"/>");

    private static void AppendBox(StringBuilder svg, Node node)
    {
        var name = node.Name.Split('/', '@');
        svg.Append($"<g class=\"node\"><rect x=\"{node.X}\" y=\"{node.Y}\" width=\"{BoxWidth}\" ")
            .Append($"height=\"{BoxHeight}\" rx=\"6\"/><title>{Html.Text(node.Name)} {node.Digest}</title>")
            .Append($"<text x=\"{node.X + 8}\" y=\"{node.Y + 17}\">{Html.Text(Shown(name))}</text>")
            .Append($"<text class=\"soft\" x=\"{node.X + 8}\" "
                + $"y=\"{node.Y + 33}\">"
                + $"{Html.Text(name.Length == 3 ? name[1] + " · " : "")}{node.Digest.Short}</text></g>");
    }

    private static string Shown(string[] name) => name.Length == 3 ? $"{name[0]} {name[2]}" : string.Join('/', name);

    private static string Table(ModelVersion[] versions)
    {
        var html = new StringBuilder("<details><summary>As a table, with whole digests</summary><div "
            + "class=\"scroll\"><table><thead><tr>")
            .Append("<th class=\"text\">version</th><th class=\"text\">file</th><th class=\"text\">sha-256</th>"
                + "<th>bytes</th></tr></thead><tbody>");
        foreach (var version in versions)
        {
            foreach (var file in version.Files)
            {
                html.Append($"<tr><td class=\"text\"><code>{Html.Text(version.Id.ToString())}</code></td><td "
                    + $"class=\"text\">{Html.Text(file.Role)}</td>")
                    .Append($"<td class=\"text\"><code>{file.Digest.Hex}</code></td><td>{file.Size:N0}</td></tr>");
            }
        }

        return html.Append("</tbody></table></div></details>").ToString();
    }

    private sealed record Node(int Column, int Row, string Name, Digest Digest)
    {
        public int X => Column * ColumnWidth + 8;

        public int Y => Row * RowHeight + 8;
    }
}
