using System.Globalization;

namespace TrainingCluster.Training.Recovery;

/// <summary>
/// A loss, gradient or weight is NaN or infinite. The learner's state before the step is still good.
/// </summary>
/// <param name="step">The job's step, counted from 0 over all its phases.</param>
/// <param name="where">The quantity and the phase: "gradient norm in fold 1/3".</param>
/// <param name="batch">Number of the batch within its epoch, where there are batches.</param>
public sealed class NumericalInstabilityException(long step, string where, int? batch = null)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{where} is not finite at step {step}")
        + (batch is { } number ? string.Create(CultureInfo.InvariantCulture, $", batch {number}") : ""))
{
    public long Step { get; } = step;

    public string Where { get; } = where;

    public int? Batch { get; } = batch;
}
