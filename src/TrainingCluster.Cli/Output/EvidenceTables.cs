using Spectre.Console;
using TrainingCluster.Trading.Verdicts;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Cli.Output;

/// <summary>What results are worth, as a table for people.</summary>
internal static class EvidenceTables
{
    public static void Write(IAnsiConsole console, Evidence evidence, FieldEvidence? field)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("evidence", "value", "meaning");
        foreach (var line in evidence.Lines().Concat(field is null ? [] : field.Lines().AddRange(field.PairLines())))
        {
            table.AddRow(Markup.Escape(line.Name), Markup.Escape(line.Value), Markup.Escape(line.Meaning));
        }

        console.Write(table);
        WriteRegimes(console, evidence);
    }

    /// <summary>Of the model that validation would have picked, and of the ensemble's weights.</summary>
    public static void Write(IAnsiConsole console, Leaderboard board)
    {
        if (board.Rows.FirstOrDefault(row => row.Selected) is { } chosen)
        {
            console.WriteLine($"evidence for {chosen.Title}, the one picked on validation bars:");
            Write(console, chosen.Evidence, board.Field);
        }

        if (board.Weighting is not { } weighting)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("ensemble weights");
        foreach (var column in new[]
        {
            "Sharpe", "return", "max dd", "ranging Sharpe", "ranging return", "ranging max dd",
        })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        Row("by regime", weighting.Dynamic);
        Row("equal", weighting.Equal);
        console.Write(table);
        console.WriteLine((weighting.RangingBars is { } bars
                ? $"{bars} bars in ranging markets"
                : "ranging markets apart: not computed")
            + $"; both have one Sharpe ratio: p {TextFormat.Number(weighting.PValue, "0.000")}");

        void Row(string name, WeightingOutcome outcome) => table.AddRow(
            name,
            TextFormat.Number(outcome.Sharpe),
            TextFormat.Percent(outcome.TotalReturn),
            TextFormat.Percent(-outcome.MaxDrawdown),
            TextFormat.Number(outcome.RangingSharpe),
            TextFormat.Percent(outcome.RangingReturn),
            TextFormat.Percent(-outcome.RangingMaxDrawdown));
    }

    private static void WriteRegimes(IAnsiConsole console, Evidence evidence)
    {
        if (!evidence.Regimes.IsKnown)
        {
            console.WriteLine($"results per regime: not computed: {evidence.Regimes.Missing}");
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("regime");
        foreach (var column in new[] { "share of bars", "return", "max dd", "trades", "win rate" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var result in evidence.Regimes.Value)
        {
            table.AddRow(
                result.Regime.ToString().ToLowerInvariant(),
                TextFormat.Percent(result.Share).TrimStart('+'),
                TextFormat.Percent(result.TotalReturnRatio),
                TextFormat.Percent(-result.MaxDrawdownRatio),
                $"{result.Trades}",
                TextFormat.Percent(result.WinRate).TrimStart('+'));
        }

        console.Write(table);
    }
}
