using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.Catalogue;

/// <summary>The values of one strategy's parameters, each within its range.</summary>
public sealed class StrategyArguments
{
    private readonly IReadOnlyDictionary<string, double> _values;

    internal StrategyArguments(IReadOnlyDictionary<string, double> values) => _values = values;

    public int Whole(string name) => (int)_values[name];

    public double Number(string name) => _values[name];

    public BarrierOptions Barriers => new(Whole("horizon"), Number("profit"), Number("stop"));
}
