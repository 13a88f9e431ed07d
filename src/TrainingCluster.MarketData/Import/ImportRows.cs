using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>Gathers the rows of one file; a row that cannot be read is left out and reported.</summary>
internal sealed class ImportRows(
    RowForm form, string source, BarViolations violations, RepairLog repairs)
{
    private readonly List<LocalStamp> _stamps = [];
    private readonly List<long> _lines = [];
    private readonly List<double>[] _prices = [[], [], [], []];
    private readonly List<double> _volumes = [];
    private readonly ImportExtras _extras = new(form);
    private readonly int[] _priceFields = [form.Open, form.High, form.Low, form.Close];
    private readonly int _needed =
        new[] { form.Time, form.TimeOfDay, form.Open, form.High, form.Low, form.Close }.Max();

    /// <summary>The file's own name of the symbol, null where it has none.</summary>
    public string? Symbol { get; private set; }

    /// <summary>The file, as findings name it.</summary>
    public string Source => source;

    public bool Any { get; private set; }

    /// <summary>Rows that could be read.</summary>
    public int Count => _stamps.Count;

    public void Add(string line, long number)
    {
        if (form.IsRemark(line))
        {
            return;
        }

        Any = true;
        var fields = ImportFields.Split(line, form.Separator);
        if (fields is null)
        {
            Violate(number, null, line, "must close every quote it opens, at the end of a field");
        }
        else if (fields.Length > form.Names.Length && fields[form.Names.Length..].Any(field => field.Length > 0))
        {
            Violate(number, null, line,
                $"must have as many fields as the first line, {form.Names.Length}, but has {fields.Length}");
        }
        else if (fields.Length <= form.Time || IsEmptyBar(fields))
        {
            DropEmpty(fields, line, number);
        }
        else if (fields.Length <= _needed)
        {
            Violate(number, null, line,
                $"must have as many fields as the first line, {form.Names.Length}, but has {fields.Length}");
        }
        else
        {
            Read(fields, number);
        }
    }

    public BarDraft? ToDraft(string symbol, BarImportOptions options)
    {
        var stamps = new ImportStamps(source, form.Names[form.Time], options, violations, repairs);
        var times = stamps.Resolve(_stamps, _lines);
        int[] kept = [.. Enumerable.Range(0, times.Length).Where(row => times[row] is not null)];
        return kept.Length == 0 ? null : new BarDraft
        {
            Symbol = symbol,
            Source = source,
            Names = new BarColumnNames(
                form.Names[form.Time], form.Names[form.Open], form.Names[form.High], form.Names[form.Low],
                form.Names[form.Close], form.Volume < 0 ? "volume" : form.Names[form.Volume]),
            Times = Array.ConvertAll(kept, row => times[row]!.Value),
            Open = Pick(_prices[0]),
            High = Pick(_prices[1]),
            Low = Pick(_prices[2]),
            Close = Pick(_prices[3]),
            Volume = Pick(_volumes),
            Extra = _extras.ToColumns(kept, repairs, source),
            Lines = Array.ConvertAll(kept, row => _lines[row]),
        };

        double[] Pick(List<double> column) => Array.ConvertAll(kept, row => column[row]);
    }

    private void Read(string[] fields, long number)
    {
        var stampIsGood = form.TryStamp(fields, out var stamp);
        if (!stampIsGood)
        {
            Violate(number, form.Names[form.Time], fields[form.Time], LooseStamp.Rule);
        }

        Span<double> prices = stackalloc double[4];
        var good = stampIsGood & IsOneSymbol(fields, number);
        for (var i = 0; i < prices.Length; i++)
        {
            // A close-only file names one field four times: say what is wrong with it once.
            var repeats = i > 0 && _priceFields[i] == _priceFields[i - 1];
            good &= repeats && good
                ? Copy(prices, i)
                : TryNumber(fields, _priceFields[i], number, repeats, out prices[i]);
        }

        if (!good | !TryVolume(fields, number, out var volume))
        {
            return;
        }

        for (var i = 0; i < prices.Length; i++)
        {
            _prices[i].Add(form.PriceScale == 1 ? prices[i] : prices[i] * form.PriceScale);
        }

        if (fields.Length < form.Names.Length)
        {
            Repair("short-row", number,
                $"has {fields.Length} of {form.Names.Length} fields; {string.Join(", ", form.Names[fields.Length..])} "
                + "taken as missing");
        }

        _stamps.Add(stamp);
        _lines.Add(number);
        _volumes.Add(volume);
        _extras.Add(fields);
    }

    private static bool Copy(Span<double> prices, int i)
    {
        prices[i] = prices[i - 1];
        return true;
    }

    private bool TryVolume(string[] fields, long number, out double volume)
    {
        volume = 0;
        if (form.Volume < 0 || form.Volume >= fields.Length)
        {
            return true;
        }

        if (!IsMissing(fields[form.Volume]))
        {
            return TryNumber(fields, form.Volume, number, silent: false, out volume);
        }

        Repair("missing-volume", number, "has no volume; taken as 0");
        return true;
    }

    private bool TryNumber(string[] fields, int field, long number, bool silent, out double value)
    {
        var text = fields[field];
        if (LooseNumber.TryParse(text, form.Separator == ',', out value, out var repair))
        {
            if (repair is not null && !silent)
            {
                Repair(repair, number, string.Create(CultureInfo.InvariantCulture,
                    $"column '{form.Names[field]}', '{text}' read as {value}"));
            }

            return true;
        }

        if (!silent)
        {
            Violate(number, form.Names[field], text,
                LooseNumber.IsAmbiguous(text) ? LooseNumber.AmbiguousRule : LooseNumber.Rule);
        }

        return false;
    }

    private bool IsOneSymbol(string[] fields, long number)
    {
        if (form.Symbol < 0 || form.Symbol >= fields.Length || fields[form.Symbol].Length == 0)
        {
            return true;
        }

        Symbol ??= fields[form.Symbol];
        if (Symbol == fields[form.Symbol])
        {
            return true;
        }

        Violate(number, form.Names[form.Symbol], fields[form.Symbol],
            $"must be the symbol of the rows before it, '{Symbol}'; keep one symbol a file");
        return false;
    }

    private bool IsEmptyBar(string[] fields) =>
        fields[form.Time].Length > 0 && _priceFields.All(field => field >= fields.Length || IsMissing(fields[field]));

    private void DropEmpty(string[] fields, string line, long number)
    {
        if (fields.Length > form.Time && LooseStamp.TryParse(fields[form.Time], out _))
        {
            Repair("empty-bar", number, $"{fields[form.Time]} has no prices; left out");
        }
        else
        {
            var text = fields.Length > form.Time ? fields[form.Time] : line;
            Violate(number, form.Names[form.Time], text, LooseStamp.Rule);
        }
    }

    private static bool IsMissing(string text) =>
        text.Length <= 4 && text.ToLowerInvariant() is "" or "-" or "." or "null" or "nan" or "n/a" or "na";

    private void Repair(string rule, long line, string detail) =>
        repairs.Add(new BarRepair(rule, source, line, null, detail));

    private void Violate(long line, string? column, string value, string rule) =>
        violations.Add(new BarViolation(
            source, line, column, value.Length <= 40 ? value : value[..40] + "…", rule));
}
