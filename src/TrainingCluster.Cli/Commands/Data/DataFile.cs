using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>The file that a data command looks at, and what it does not say of itself.</summary>
internal sealed class DataFile
{
    private readonly Argument<string> _file;
    private readonly Option<string?> _symbol = new("--symbol") { Description = "Symbol; default: from the file" };
    private readonly Option<string?> _zone = new("--time-zone")
    {
        Description = "Zone of stamps without an offset, such as America/New_York; default: UTC",
        HelpName = "ZONE",
    };

    private readonly Option<string?> _dateOrder = new("--date-order")
    {
        Description = "Whether dates such as 03/04/2020 begin with the day or the month",
        HelpName = "day-first|month-first",
    };

    private readonly Option<string?> _price = new("--price-column")
    {
        Description = "Column that stands for open, high, low and close where there is one price a bar",
        HelpName = "NAME",
    };

    private readonly Option<string?> _calendar = new("--calendar")
    {
        Description = "Which bars must be there: us-equities, forex or always-open; default: guessed from the stamps",
        HelpName = "NAME",
    };

    public DataFile(Command command, string name = "FILE", bool optional = false)
    {
        _file = new Argument<string>(name)
        {
            Description = "File of bars: CSV of any usual dialect, gz or zip",
            Arity = optional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
        command.Arguments.Add(_file);
        command.Options.Add(_symbol);
        command.Options.Add(_zone);
        command.Options.Add(_dateOrder);
        command.Options.Add(_price);
        command.Options.Add(_calendar);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_file) is not null;

    public string PathOf(ParseResult parsed) => parsed.GetRequiredValue(_file);

    public ImportedBars Read(ParseResult parsed) => BarImporter.Read(PathOf(parsed), Options(parsed));

    public BarImportOptions Options(ParseResult parsed) => new()
    {
        Symbol = parsed.GetValue(_symbol),
        PriceColumn = parsed.GetValue(_price),
        Zone = parsed.GetValue(_zone) is { } zone ? Zone(zone) : null,
        DateOrder = parsed.GetValue(_dateOrder) switch
        {
            null => null,
            "day-first" => DateOrder.DayFirst,
            "month-first" => DateOrder.MonthFirst,
            var other => throw Wrong($"--date-order is '{other}'; it must be day-first or month-first"),
        },
    };

    public QualityOptions Quality(ParseResult parsed, TimeProvider clock) => new()
    {
        Now = clock.GetUtcNow(),
        Calendar = parsed.GetValue(_calendar) is not { } name ? null : TradingCalendar.Find(name)
            ?? throw Wrong($"--calendar is '{name}'; it must be us-equities, forex or always-open"),
    };

    internal static UserErrorException Wrong(string message) =>
        new(new UserError(ExitCode.Usage, "cli.usage", message));

    private static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw Wrong($"--time-zone is '{name}', which is no time zone; an example is America/New_York");
}
