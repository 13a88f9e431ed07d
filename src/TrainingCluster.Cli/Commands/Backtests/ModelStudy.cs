using TrainingCluster.Cli.Errors;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Backtests;

/// <summary>What a model decided on the bars that its training held out, walked again.</summary>
internal static class ModelStudy
{
    /// <param name="state">Where the model is registered.</param>
    /// <param name="version">The model.</param>
    /// <param name="costs">To walk at.</param>
    /// <param name="seed">Of the bootstraps.</param>
    /// <exception cref="UserErrorException">The version has no stored decisions.</exception>
    public static BacktestStudy Of(StateReader state, ModelVersion version, CostModel costs, Seed seed)
    {
        var file = version.File(ArtifactFile.EvaluationRole) ?? throw new UserErrorException(new UserError(
            ExitCode.CheckFailed, "backtest.no_evaluation", $"{version.Id} has no stored decisions"));
        var evaluation = JobEvaluation.FromJson(state.Artifacts.Get(file.Digest).Span);
        var bars = BarSeriesArtifact.Read(state.Artifacts.Get(version.Lineage.Data), version.Lineage.Data);
        var positions = new double[bars.Count];
        evaluation.Positions.AsSpan().CopyTo(positions.AsSpan(evaluation.FirstBar));
        return BacktestStudy.OfPositions(
            version.Id.ToString(), bars, positions,
            new IndexRange(evaluation.FirstBar, evaluation.FirstBar + evaluation.Positions.Length), costs, seed);
    }
}
