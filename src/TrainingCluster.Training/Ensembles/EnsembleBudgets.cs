using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Ensembles;

/// <summary>An ensemble is fitted in one pass: no budget changes it.</summary>
internal static class EnsembleBudgets
{
    public static HyperParameters For(BudgetName budget) => HyperParameters.Empty;
}
