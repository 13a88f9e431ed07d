using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies;

/// <summary>A rule written in code: what all of them say of themselves.</summary>
public abstract class CatalogueRule : IStrategyRule
{
    private protected CatalogueRule(
        string name, BarrierOptions barriers, params ReadOnlySpan<(string Name, double Value)> settings)
    {
        Name = name;
        Barriers = barriers;
        Parameters = StrategyParameters.Text(name, barriers, settings);
    }

    public string Name { get; }

    public BarrierOptions Barriers { get; }

    public string Parameters { get; }

    public abstract StrategySignals Evaluate(BarSeries bars);
}
