using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.DeepScalper;

/// <summary>
/// DeepScalper: BDQ with an encoder for each of two horizons, rewards that know in hindsight what a position
/// came to, and a head that predicts volatility. The hindsight is added where transitions are drawn, so neither
/// an evaluation nor the choice of the best policy can see it.
/// </summary>
public sealed class DeepScalperLearner
{
    private readonly DqnAlgorithm _algorithm;
    private readonly VolatilityTask? _volatility;

    /// <exception cref="ArgumentException">Options that cannot be used; all violations are
    /// listed.</exception>
    public DeepScalperLearner(
        DeepScalperOptions options, IBranchingEnvironment environment, DeepScalperMarket market,
        DeepScalperLayout layout, Seed seed, OffPolicyExtras? extras = null)
    {
        var values = options.Validated().Values(layout);
        _volatility = options.AuxiliaryWeight > 0
            ? new VolatilityTask(options.AuxiliaryWeight, options.VolatilityBars, market) : null;
        var shape = values.Shape(environment.ObservationSize, environment.Branches) with
        {
            Auxiliary = _volatility is not null,
        };
        _algorithm = new DqnAlgorithm(values, shape, environment.Count, seed, _volatility, extras?.Second);
        var shaping = options.HindsightWeight > 0
            ? new HindsightBonus(
                options.HindsightWeight, options.HindsightBars, market, layout.PositionEntry) : null;
        Learner = new OffPolicyLearner(
            options.Learning, environment, _algorithm, seed,
            (extras ?? new OffPolicyExtras()) with { Shaping = shaping });
    }

    /// <summary>Does the learning; its state is all there is.</summary>
    public OffPolicyLearner Learner { get; }

    /// <summary>Predicted volatility, standardised as the training's targets are.</summary>
    /// <param name="observations">[row, entry], as the network sees them.</param>
    /// <returns>[row].</returns>
    /// <exception cref="InvalidOperationException">There is no auxiliary head.</exception>
    public float[] Volatility(ReadOnlySpan<float> observations, int rows) =>
        _volatility is null
            ? throw new InvalidOperationException("without an auxiliary weight no volatility is predicted")
            : _algorithm.AuxiliaryOutputs(observations, rows).ToArray();
}
