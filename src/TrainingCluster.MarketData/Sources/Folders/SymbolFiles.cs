using TrainingCluster.MarketData.Import;

namespace TrainingCluster.MarketData.Sources.Folders;

/// <summary>
/// Which files of a folder hold a symbol: those below a folder of its name; else those named after symbol and
/// timeframe (<c>ABC_1d.csv</c>, <c>BTCUSDT-1m-2024-01.zip</c>, <c>yahoo_ABC_1d.csv.gz</c>); else those named after
/// the symbol alone.
/// </summary>
internal static class SymbolFiles
{
    private const int Named = 5;

    /// <exception cref="BarSourceException">There is no such folder, or nothing for the symbol in it.</exception>
    public static IReadOnlyList<string> Find(string folder, string symbol, Timeframe timeframe)
    {
        if (!Directory.Exists(folder))
        {
            throw new BarSourceException(
                FetchRule.Unreachable, $"there is no folder {folder}; set training.data.folder.path or --path");
        }

        var own = Directory.EnumerateDirectories(folder)
            .FirstOrDefault(path => Path.GetFileName(path).Equals(symbol, StringComparison.OrdinalIgnoreCase));
        if (own is not null && BarImporter.FilesIn(own) is { Count: > 0 } below)
        {
            return below;
        }

        var all = BarImporter.FilesIn(folder);
        string[] ofTimeframe = [.. all.Where(file => IsOf(Stem(file), symbol, timeframe))];
        string[] found = ofTimeframe.Length > 0
            ? ofTimeframe
            : [.. all.Where(file => Stem(file).Equals(symbol, StringComparison.OrdinalIgnoreCase))];
        return found.Length > 0 ? found : throw new BarSourceException(
            FetchRule.UnknownSymbol,
            $"{folder} has no file for {symbol} {timeframe}, such as {symbol}_{timeframe}.csv or {symbol}.csv.gz; it "
            + "has "
            + (all.Count == 0 ? "no files of bars" : string.Join(", ", all.Take(Named).Select(Path.GetFileName)))
            + (all.Count > Named ? $" and {all.Count - Named} more" : ""));
    }

    private static bool IsOf(string stem, string symbol, Timeframe timeframe)
    {
        var parts = stem.Split('_');
        if (parts.Contains(symbol, StringComparer.OrdinalIgnoreCase) && parts.Any(part => Is(part, timeframe)))
        {
            return true;
        }

        return stem.StartsWith(symbol + "-", StringComparison.OrdinalIgnoreCase)
            && Is(stem[(symbol.Length + 1)..].Split('-')[0], timeframe);
    }

    private static bool Is(string text, Timeframe timeframe) =>
        Timeframe.TryParse(text, out var given) && given == timeframe;

    private static string Stem(string file) => BarImporter.SymbolOf(file);
}
