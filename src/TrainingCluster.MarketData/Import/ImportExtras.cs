using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>Further columns: kept where every value is a number or missing, else left aside.</summary>
internal sealed class ImportExtras(RowForm form)
{
    private readonly List<double>[] _values = [.. form.Extras.Select(_ => new List<double>())];
    private readonly bool[] _hasNumber = new bool[form.Extras.Length];
    private readonly bool[] _hasText = new bool[form.Extras.Length];

    public void Add(string[] fields)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var text = form.Extras[i] < fields.Length ? fields[form.Extras[i]] : "";
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
            _hasNumber[i] |= isNumber && !double.IsNaN(value);
            _hasText[i] |= !isNumber && text.Length > 0 && text is not ("null" or "NA" or "na");
            _values[i].Add(isNumber ? value : double.NaN);
        }
    }

    public ImmutableArray<BarColumn> ToColumns(int[] rows, RepairLog repairs, string source)
    {
        var columns = ImmutableArray.CreateBuilder<BarColumn>();
        for (var i = 0; i < _values.Length; i++)
        {
            var name = form.Names[form.Extras[i]];
            if (_hasNumber[i] && !_hasText[i])
            {
                columns.Add(new BarColumn(name, Array.ConvertAll(rows, row => _values[i][row])));
            }
            else if (_hasNumber[i])
            {
                repairs.Add(new BarRepair(
                    "mixed-column", source, null, null, $"column '{name}' holds numbers and text; left aside"));
            }
        }

        return columns.ToImmutable();
    }
}
