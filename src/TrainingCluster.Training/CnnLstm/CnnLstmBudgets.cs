using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>The numbers of the encoder's training for each budget.</summary>
internal static class CnnLstmBudgets
{
    public static HyperParameters For(BudgetName budget)
    {
        var common = HyperParameters.Of(
            ("window", 60),
            ("folds", 3),
            ("learning_rate", 0.001),
            ("learning_rate_decay", 0.95),
            ("minimum_learning_rate", 0.0001),
            ("weight_decay", 1e-4),
            ("clip_norm", 1.0),
            ("minimum_improvement", 1e-4),
            ("barrier_weight", 0.5),
            ("kernel", 5),
            ("stride", 2),
            ("conv1", 16),
            ("conv2", 32),
            ("hidden", 32),
            ("batch", 128),
            ("epochs", 8),
            ("patience", 3));
        return budget switch
        {
            BudgetName.Quick => common,
            BudgetName.Standard => common.With("conv1", 32).With("conv2", 64).With("hidden", 64)
                .With("stride", 1).With("batch", 64).With("epochs", 40).With("patience", 10),
            BudgetName.Full => common.With("conv1", 64).With("conv2", 128).With("hidden", 128)
                .With("stride", 1).With("batch", 32).With("epochs", 100).With("patience", 20),
            _ => throw new ArgumentOutOfRangeException(nameof(budget), budget, "there is no such budget"),
        };
    }
}
