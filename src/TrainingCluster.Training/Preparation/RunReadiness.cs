using TrainingCluster.Features.Readiness;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Preparation;

/// <summary>What the training samples of a strategy are worth, over all symbols.</summary>
/// <param name="Strategy">Its name in the run.</param>
/// <param name="Readiness">Of the training window alone: validation and test are not looked at.</param>
public sealed record StrategyReadiness(string Strategy, TrainingReadiness Readiness);

/// <summary>What the samples of a run are worth, before anything of it starts.</summary>
public static class RunReadiness
{
    /// <param name="spec">A spec that passes <see cref="RunSufficiency.Require"/>.</param>
    /// <param name="bars">Its bars.</param>
    /// <param name="quality">Of each symbol; the worst counts.</param>
    public static ImmutableArray<StrategyReadiness> Of(
        RunSpec spec, BarPanel bars, ImmutableArray<QualityReport> quality)
    {
        var encoder = CnnLstmOptions.From(RunPlan.Numbers(spec, Stage.CnnLstm, null));
        var template = RunPlan.Template(spec, Stage.CnnLstm, null);
        var worst = quality.OrderByDescending(report => report.HasCritical).ThenBy(report => report.Score).First();
        return [.. spec.Strategies.Select(strategy =>
        {
            var data = DataPreparation.Prepare(
                bars, spec.Definitions.Named(strategy), encoder.Window, template: template);
            data = encoder.MetaLabels ? SetUpLabels.Of(data, spec.Costs) : data;
            var seen = new bool[data.Panel.Count];
            foreach (var row in data.Train)
            {
                seen[row] = data.Labels.Valid[row];
            }

            return new StrategyReadiness(
                strategy, TrainingReadiness.Of(data.Labels with { Valid = [.. seen] }, worst));
        })];
    }
}
