using System.Globalization;

namespace TrainingCluster.Features.Indicators;

/// <summary>The parameters of one indicator with their values, checked.</summary>
public sealed class IndicatorArguments
{
    private readonly IReadOnlyDictionary<string, string> _values;

    internal IndicatorArguments(IReadOnlyDictionary<string, string> values) => _values = values;

    public int Whole(string name) => int.Parse(_values[name], CultureInfo.InvariantCulture);

    public double Number(string name) => double.Parse(_values[name], CultureInfo.InvariantCulture);

    /// <summary>The choice as the enum member of the same name, whatever its case and hyphens.</summary>
    public TChoice Choice<TChoice>(string name)
        where TChoice : struct, Enum =>
        Enum.Parse<TChoice>(_values[name].Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
