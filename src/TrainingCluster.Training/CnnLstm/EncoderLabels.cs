using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>What encoders learn from, as numbers of a run.</summary>
public static class EncoderLabels
{
    /// <summary>The strategy's set-ups alone, and whether they paid for their costs.</summary>
    public static BudgetOverrides Meta { get; } = BudgetOverrides.Of(($"cnn_lstm.{CnnLstmBudgets.MetaLabelsName}", 1));
}
