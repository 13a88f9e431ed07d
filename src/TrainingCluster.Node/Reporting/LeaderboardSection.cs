using System.Text;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Node.Reporting;

/// <summary>The table of models, rules and benchmarks, and the sentence that sums it up.</summary>
internal static class LeaderboardSection
{
    private const double ConvincingDeflatedSharpe = 0.95;

    public static string Render(RunReport report, Leaderboard board)
    {
        var html = new StringBuilder("<h2>Leaderboard</h2>");
        html.Append($"<p class=\"note\">Bars {Html.Day(board.Times[0])} to "
            + $"{Html.Day(board.Times[^1])} ")
            .Append($"({board.Window.Count} bars): no learner and no choice has seen them. Net of "
                + $"{Html.Text(Costs(report.Spec))}. ")
            .Append("A decision at a close is filled at the next open; the last two columns fill it at the next "
                + "close instead. ")
            .Append(report.Bars.IsSingle
                ? ""
                : "Rows without a symbol are one account that gives each symbol the same share. ")
            .Append($"DSR is the deflated Sharpe ratio over {board.Trials} trial{(board.Trials == 1 ? "" : "s")} "
                + $"on this data.</p>");
        html.Append("<div class=\"scroll\"><table><thead><tr><th class=\"text\">model</th><th "
            + "class=\"text\">strategy</th><th>Sharpe</th>")
            .Append("<th>95 % interval</th><th>return</th><th>drawdown</th><th>trades</th><th>DSR</th>"
                + "<th>grade</th>")
            .Append("<th class=\"text\">version</th><th>Sharpe,<br>next close</th><th>return,<br>next close</th>"
                + "</tr></thead><tbody>");
        foreach (var group in board.Rows.GroupBy(row => row.Kind))
        {
            html.Append($"<tr class=\"group\"><td colspan=\"12\">{Heading(group.Key)}</td></tr>");
            foreach (var row in group)
            {
                AppendRow(html, row);
            }
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    /// <summary>What the figures mean, for somebody who reads one line.</summary>
    public static string Verdict(Leaderboard board)
    {
        if (board.Rows.FirstOrDefault(row => row.Selected) is not { } chosen)
        {
            return "No model could be chosen: none has a Sharpe ratio on the validation bars.";
        }

        var hold = board.Rows.First(row => row.Name == "buy_and_hold");
        var sentence = $"Validation would have picked {chosen.Title}. On unseen bars it returned "
            + $"{Html.Percent(chosen.NextOpen.TotalReturnRatio)} at a Sharpe ratio of "
                + $"{Html.Number(chosen.NextOpen.SharpeRatio)} "
            + $"[{Html.Number(chosen.NextOpen.SharpeLow)}, {Html.Number(chosen.NextOpen.SharpeHigh)}]; buy and "
                + $"hold returned "
            + $"{Html.Percent(hold.NextOpen.TotalReturnRatio)} at {Html.Number(hold.NextOpen.SharpeRatio)}. ";
        return sentence + (chosen.DeflatedSharpe >= ConvincingDeflatedSharpe
            ? $"With {board.Trials} trials counted, the deflated Sharpe ratio is "
                + $"{Html.Number(chosen.DeflatedSharpe)}: evidence of skill."
            : $"With {board.Trials} trials counted, the deflated Sharpe ratio is "
                + $"{Html.Number(chosen.DeflatedSharpe)}, below "
                + $"{Html.Number(ConvincingDeflatedSharpe)}: no evidence of skill.");
    }

    private static string Costs(RunSpec spec)
    {
        var frictions = spec.Frictions.Named.Where(one => one.Value != one.Standard)
            .Select(one => FormattableString.Invariant($", {one.Name} {one.Value}"));
        return FormattableString.Invariant($"{spec.FeeRatio * 10_000:0.#} basis points a unit of turnover")
            + string.Concat(frictions);
    }

    private static string Subject(LeaderboardRow row) =>
        string.Join(" on ", new[] { row.Subject, row.Symbol }.Where(part => part is not null));

    private static void AppendRow(StringBuilder html, LeaderboardRow row) => html
        .Append(row.Selected ? "<tr class=\"selected\">" : "<tr>")
        .Append($"<td>{Html.Text(row.Name.Replace('_', ' '))}{(row.Selected ? " ★" : "")}</td>")
        .Append($"<td class=\"text\">{Html.Text(Subject(row))}</td>")
        .Append($"<td>{Html.Number(row.NextOpen.SharpeRatio)}</td>")
        .Append($"<td>{Html.Interval(row.NextOpen.SharpeLow, row.NextOpen.SharpeHigh)}</td>")
        .Append($"<td>{Html.Percent(row.NextOpen.TotalReturnRatio)}</td>")
        .Append($"<td>{Html.Percent(-row.NextOpen.MaxDrawdownRatio)}</td>")
        .Append($"<td>{row.NextOpen.Trades}</td>")
        .Append($"<td>{Html.Number(row.DeflatedSharpe)}</td>")
        .Append($"<td>{Html.Text(row.Grade ?? "–")}</td>")
        .Append($"<td class=\"text\"><code>{Html.Text(row.Version?.Split('@')[^1])}</code></td>")
        .Append($"<td>{Html.Number(row.NextClose.SharpeRatio)}</td>")
        .Append($"<td>{Html.Percent(row.NextClose.TotalReturnRatio)}</td></tr>");

    private static string Heading(LeaderboardKind kind) => kind switch
    {
        LeaderboardKind.Model => "Trained models (★ picked on validation bars alone)",
        LeaderboardKind.Rule => "Bare rules, untrained",
        _ => "Benchmarks that take no skill",
    };
}
