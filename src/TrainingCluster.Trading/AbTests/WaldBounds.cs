namespace TrainingCluster.Trading.AbTests;

/// <summary>
/// Where a sequential test between two simple hypotheses stops, in log likelihood ratios. Source: Wald 1945.
/// </summary>
/// <param name="Accept">At or above it the alternative is taken: ln((1 − β)/α).</param>
/// <param name="Reject">At or below it the null is kept: ln(β/(1 − α)).</param>
public readonly record struct WaldBounds(double Accept, double Reject)
{
    public static WaldBounds Of(double alpha, double beta) =>
        alpha is > 0 and < 1 && beta is > 0 and < 1 && alpha + beta < 1
            ? new WaldBounds(Math.Log((1 - beta) / alpha), Math.Log(beta / (1 - alpha)))
            : throw new ArgumentException($"the errors {alpha} and {beta} must be above 0 and sum to less than 1");
}
