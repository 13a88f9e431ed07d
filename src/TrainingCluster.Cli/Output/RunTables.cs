using System.Globalization;
using Spectre.Console;
using TrainingCluster.Cli.Documents;

namespace TrainingCluster.Cli.Output;

/// <summary>Runs and leaderboards as tables for people.</summary>
internal static class RunTables
{
    public static void WriteRun(IAnsiConsole console, Api.Documents.RunDocument run)
    {
        var reason = run.Reason is null ? "" : $" ({run.Reason})";
        console.MarkupLineInterpolated(
            $"[bold]{run.RunId}[/] {run.Status}{reason} · {run.DataName} · budget {run.Budget} · seed {run.Seed}");
        if (run.Detail is { Length: > 0 } detail)
        {
            console.WriteLine(detail);
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("job", "status", "version", "grade");
        table.AddColumn(new TableColumn("seconds").RightAligned());
        table.AddColumns("artifact", "why");
        foreach (var job in run.Jobs)
        {
            table.AddRow(
                Markup.Escape(job.Id),
                job.Status + (job.Recoveries > 0 ? $" ({job.Recoveries} recoveries)" : ""),
                Markup.Escape(job.Version ?? "–"),
                job.Grade ?? "–",
                TextFormat.Number(job.DurationSeconds, "0.0"),
                job.Artifacts.FirstOrDefault(file => file.Role == "model")?.Sha256[..12] ?? "–",
                Markup.Escape(job.Detail ?? job.Reason ?? ""));
        }

        console.Write(table);
        if ((run as RunDocument)?.Report is { } report)
        {
            console.WriteLine($"report: {report}");
        }
    }

    public static void WriteLeaderboard(IAnsiConsole console, LeaderboardDocument board)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("model", "strategy");
        foreach (var column in new[] { "Sharpe", "95 %", "return", "max dd", "trades", "DSR" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumns("grade", "version");
        table.AddColumn(new TableColumn("Sharpe (next close)").RightAligned());
        var kind = "";
        foreach (var row in board.Rows)
        {
            if (kind.Length > 0 && kind != row.Kind)
            {
                table.AddEmptyRow();
            }

            kind = row.Kind;
            table.AddRow(
                Markup.Escape(row.Name.Replace('_', ' ')) + (row.Selected ? " *" : ""),
                Markup.Escape(row.Subject),
                TextFormat.Number(row.NextOpen.SharpeRatio),
                Markup.Escape(TextFormat.Interval(row.NextOpen.SharpeLow, row.NextOpen.SharpeHigh)),
                TextFormat.Percent(row.NextOpen.TotalReturnRatio),
                TextFormat.Percent(-row.NextOpen.MaxDrawdownRatio),
                row.NextOpen.Trades.ToString(CultureInfo.InvariantCulture),
                TextFormat.Number(row.DeflatedSharpeRatio),
                row.Grade ?? "–",
                Markup.Escape(row.Version?.Split('@')[^1] ?? ""),
                TextFormat.Number(row.NextClose.SharpeRatio));
        }

        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{board.Bars} unseen bars, net of costs, filled at the next open; DSR over {board.Trials} trials; * "
                + $"picked on validation bars alone"));
    }
}
