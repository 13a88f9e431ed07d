using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Profiles;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data profile FILE`: what the columns, returns and stamps of a file are like.</summary>
internal static class DataProfileCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "profile", "Describe a file of bars: columns, returns, timeframe, sessions, calendar");
        var file = new DataFile(command);
        command.SetAction(parsed =>
        {
            var imported = file.Read(parsed);
            var profile = BarProfile.Of(
                imported.Bars ?? throw new BarDataException(imported.Violations, imported.TotalViolations));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, ProfileDocument.Of(imported, profile));
            }
            else
            {
                Write(context.Console, imported, profile);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(CliConsole console, ImportedBars imported, BarProfile profile)
    {
        console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{imported.Source}: {profile.Symbol}, {profile.Rows} bars, {BarsText(profile)}, "
                + $"{imported.TotalViolations} rows unreadable, {imported.Repairs.Total} repairs to read them"));
        if (profile.Rhythm is { } rhythm)
        {
            Write(console.Out, rhythm);
        }

        console.OutAnsi.Write(Table(profile));
        if (profile.Returns is { } returns)
        {
            Write(console.Out, returns);
        }
    }

    private static string BarsText(BarProfile profile) =>
        $"{TextFormat.Time(Moment(profile.First))} to {TextFormat.Time(Moment(profile.Last))}";

    private static void Write(TextWriter writer, RhythmSummary rhythm)
    {
        var session = rhythm is { FirstOfDay: { } first, LastOfDay: { } last }
            ? $", mostly {first:HH:mm} to {last:HH:mm} UTC"
            : "";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"timeframe {TextFormat.Timeframe(rhythm.Interval)} ({rhythm.UsualSteps:P1} of steps), "
                + $"{rhythm.Days} days of {rhythm.BarsPerDay} bars{session}, {rhythm.BarsPerYear:0} bars a year"));
        foreach (var fit in rhythm.Calendars)
        {
            writer.WriteLine($"  calendar {fit.Name}: {fit.Missing} bars missing, {fit.Outside} outside");
        }
    }

    private static Table Table(BarProfile profile)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("column");
        foreach (var name in new[] { "count", "missing", "min", "max", "mean", "sd" }
            .Concat(ColumnSummary.Probabilities.Select(p => p.ToString("P0", CultureInfo.InvariantCulture))))
        {
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        }

        foreach (var column in profile.Columns)
        {
            string[] cells =
            [
                column.Name, $"{column.Count}", $"{column.Missing}",
                .. new[] { column.Least, column.Largest, column.Mean, column.Deviation }
                    .Concat(column.Quantiles).Select(value => TextFormat.Number(value, "G6")),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static void Write(TextWriter writer, ReturnSummary returns)
    {
        static string List(IEnumerable<double> values) =>
            string.Join(", ", values.Take(5).Select(value => TextFormat.Number(value, "0.000")));

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"log returns: mean {returns.Mean:G4}, sd {returns.Deviation:G4} ({returns.AnnualDeviation:P1} a year), "
                + $"skewness {returns.Skewness:0.00}, excess kurtosis {returns.ExcessKurtosis:0.00}, "
                + $"{returns.ZeroShare:P1} without a move"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  worst {returns.Least:P2} at {TextFormat.Time(Moment(returns.LeastAt))}, "
                + $"best {returns.Largest:P2} at {TextFormat.Time(Moment(returns.LargestAt))}"));
        writer.WriteLine(
            $"  autocorrelation, lags 1 to 5: {List(returns.Autocorrelations)} (Ljung-Box p over 10 lags "
            + $"{TextFormat.Number(returns.LjungBoxP, "0.000")}); of sizes: {List(returns.SizeAutocorrelations)} (p "
            + $"{TextFormat.Number(returns.SizeLjungBoxP, "0.000")})");
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Members are only ever added.</summary>
    private sealed record ProfileDocument(
        string File, BarDialect? Dialect, string Symbol, int Bars, DateTimeOffset First, DateTimeOffset Last,
        long TotalViolations, long TotalRepairs, double[] Probabilities, ColumnSummary[] Columns, RhythmLine? Rhythm,
        ReturnLine? Returns)
    {
        public static ProfileDocument Of(ImportedBars imported, BarProfile profile) => new(
            imported.Source, imported.Dialect, profile.Symbol, profile.Rows, Moment(profile.First),
            Moment(profile.Last), imported.TotalViolations, imported.Repairs.Total,
            [.. ColumnSummary.Probabilities], [.. profile.Columns],
            profile.Rhythm is { } rhythm ? RhythmLine.Of(rhythm) : null,
            profile.Returns is { } returns ? ReturnLine.Of(returns) : null);
    }

    private sealed record RhythmLine(
        string Timeframe, double IntervalSeconds, double UsualStepsRatio, double BarsPerYear, int Days, int BarsPerDay,
        TimeOnly? FirstOfDayUtc, TimeOnly? LastOfDayUtc, bool TradesWeekends, string? Calendar, CalendarFit[] Calendars)
    {
        public static RhythmLine Of(RhythmSummary rhythm) => new(
            TextFormat.Timeframe(rhythm.Interval), rhythm.Interval.TotalSeconds, rhythm.UsualSteps, rhythm.BarsPerYear,
            rhythm.Days, rhythm.BarsPerDay, rhythm.FirstOfDay, rhythm.LastOfDay, rhythm.TradesWeekends,
            rhythm.Calendars.FirstOrDefault()?.Name, [.. rhythm.Calendars]);
    }

    private sealed record ReturnLine(
        int Count, double Mean, double Deviation, double AnnualDeviation, double Skewness, double ExcessKurtosis,
        double Least, DateTimeOffset LeastAt, double Largest, DateTimeOffset LargestAt, double ZeroRatio,
        double[] Autocorrelations, double[] SizeAutocorrelations, double LjungBoxP, double SizeLjungBoxP)
    {
        public static ReturnLine Of(ReturnSummary returns) => new(
            returns.Count, returns.Mean, returns.Deviation, returns.AnnualDeviation, returns.Skewness,
            returns.ExcessKurtosis, returns.Least, Moment(returns.LeastAt), returns.Largest, Moment(returns.LargestAt),
            returns.ZeroShare, [.. returns.Autocorrelations], [.. returns.SizeAutocorrelations], returns.LjungBoxP,
            returns.SizeLjungBoxP);
    }
}
