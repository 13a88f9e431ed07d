using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Csv;

/// <summary>
/// Gathers the rows of a file into columns. A row with a violation is left out and reported.
/// </summary>
internal sealed class CsvRows
{
    private static readonly ImmutableArray<CsvRole> NumericRoles =
        [CsvRole.Open, CsvRole.High, CsvRole.Low, CsvRole.Close, CsvRole.Volume];

    private readonly CsvHeader _header;
    private readonly string _source;
    private readonly BarViolations _violations;
    private readonly CsvFields _fields;
    private readonly int _timeField;
    private readonly int _symbolField;
    private byte[] _symbol = [];
    private readonly int[] _numberFields;
    private readonly CsvExtraColumn[] _extras;
    private readonly double[][] _numbers = new double[NumericRoles.Length][];
    private long[] _times;
    private long[] _lines;
    private int _count;

    public CsvRows(CsvHeader header, string source, BarViolations violations, int expected)
    {
        _times = new long[Math.Max(expected, 1024)];
        _lines = new long[_times.Length];
        _header = header;
        _source = source;
        _violations = violations;
        _fields = new CsvFields(header.Separator);
        _timeField = header.IndexOf(CsvRole.Time);
        _symbolField = header.IndexOf(CsvRole.Symbol);
        _numberFields = [.. NumericRoles.Select(header.IndexOf)];
        _extras =
        [
            .. header.Names
                .Select((name, field) => new CsvExtraColumn(name, field))
                .Where((_, field) => header.Roles[field] == CsvRole.Extra && header.Names[field].Length > 0),
        ];
        for (var i = 0; i < _numbers.Length; i++)
        {
            _numbers[i] = new double[_times.Length];
        }
    }

    public int Count => _count;

    /// <summary>The file's own name of the symbol, null where it has none.</summary>
    public string? Symbol => _symbol.Length > 0 ? Encoding.UTF8.GetString(_symbol) : null;

    // Compiled once at full strength: the first file of a process is often the only one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> line, long number)
    {
        if (!_fields.Split(line))
        {
            Violate(number, null, line, "must close every quote it opens, at the end of a field");
            return;
        }

        if (_fields.Count != _header.Names.Length)
        {
            Violate(
                number, null, line,
                $"must have as many fields as the header, {_header.Names.Length}, but has {_fields.Count}");
            return;
        }

        Grow();
        if (!ReadTime(line, number) | !ReadNumbers(line, number) | (_symbolField >= 0 && !IsOneSymbol(line, number)))
        {
            return;
        }

        foreach (var extra in _extras)
        {
            extra.Add(_fields.Of(line, extra.Index), _source, number);
        }

        _lines[_count] = number;
        _count++;
    }

    public BarDraft ToDraft(string symbol)
    {
        foreach (var extra in _extras)
        {
            extra.Report(_violations);
        }

        return new BarDraft
        {
            Symbol = symbol,
            Source = _source,
            Names = new BarColumnNames(
                _header.NameOf(CsvRole.Time),
                _header.NameOf(CsvRole.Open),
                _header.NameOf(CsvRole.High),
                _header.NameOf(CsvRole.Low),
                _header.NameOf(CsvRole.Close),
                _header.NameOf(CsvRole.Volume)),
            Times = Trim(_times),
            Open = Trim(_numbers[0]),
            High = Trim(_numbers[1]),
            Low = Trim(_numbers[2]),
            Close = Trim(_numbers[3]),
            Volume = Trim(_numbers[4]),
            Extra = [.. _extras.Where(extra => extra.IsNumeric).Select(extra => extra.ToColumn())],
            Lines = Trim(_lines),
        };
    }

    /// <summary>A view where little is wasted, else a copy.</summary>
    private ReadOnlyMemory<T> Trim<T>(T[] column) =>
        _count >= column.Length / 4 * 3 ? column.AsMemory(0, _count) : column.AsSpan(0, _count).ToArray();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadTime(ReadOnlySpan<byte> line, long number)
    {
        var text = _fields.Of(line, _timeField);
        if (CsvStamp.TryParse(text, out _times[_count]))
        {
            return true;
        }

        Violate(number, _header.Names[_timeField], text, CsvStamp.Rule);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadNumbers(ReadOnlySpan<byte> line, long number)
    {
        var good = true;
        for (var i = 0; i < _numberFields.Length; i++)
        {
            var field = _numberFields[i];
            if (field < 0)
            {
                continue;
            }

            var text = _fields.Of(line, field);
            if (!CsvNumber.TryParse(text, out _numbers[i][_count]))
            {
                Violate(
                    number, _header.Names[field], text,
                    "must be a number such as 1234.5, with a point and without thousands separators");
                good = false;
            }
        }

        return good;
    }

    private bool IsOneSymbol(ReadOnlySpan<byte> line, long number)
    {
        var text = _fields.Of(line, _symbolField);
        if (_symbol.Length == 0)
        {
            _symbol = text.ToArray();
        }

        if (text.IsEmpty || text.SequenceEqual(_symbol))
        {
            return true;
        }

        Violate(number, _header.Names[_symbolField], text,
            $"must be the symbol of the rows before it, '{CsvText.Show(_symbol)}'; keep one symbol a file");
        return false;
    }

    private void Violate(long line, string? column, ReadOnlySpan<byte> value, string rule)
    {
        // The text is only made where it can still be shown: a broken file may have millions of lines.
        var shown = _violations.KeepsMore ? CsvText.Show(value) : string.Empty;
        _violations.Add(new BarViolation(_source, line, column, shown, rule));
    }

    private void Grow()
    {
        if (_count < _times.Length)
        {
            return;
        }

        var capacity = 2 * _times.Length;
        Array.Resize(ref _times, capacity);
        Array.Resize(ref _lines, capacity);
        for (var i = 0; i < _numbers.Length; i++)
        {
            Array.Resize(ref _numbers[i], capacity);
        }
    }
}
