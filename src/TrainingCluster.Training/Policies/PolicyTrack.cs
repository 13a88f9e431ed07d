using TrainingCluster.Features.Windows;
using TrainingCluster.Training.Environments.Market;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// Lets a policy trade a window once from its start, flat, without randomness.
/// </summary>
public static class PolicyTrack
{
    /// <returns>[row], as long as the panel: the position decided at each row of the window, 0 outside
    /// it.</returns>
    public static double[] Positions(ITradingPolicy policy, MarketDynamics dynamics, IndexRange window) =>
        Positions(policy, dynamics, [window]);

    /// <param name="windows">Each within one symbol; each is begun flat.</param>
    public static double[] Positions(ITradingPolicy policy, MarketDynamics dynamics, ImmutableArray<IndexRange> windows)
    {
        var positions = new double[dynamics.Columns.Panel.Count];
        foreach (var window in windows)
        {
            Walk(policy, dynamics, window, positions);
        }

        return positions;
    }

    private static void Walk(ITradingPolicy policy, MarketDynamics dynamics, IndexRange window, double[] positions)
    {
        var observation = new float[dynamics.ObservationSize];
        var position = MarketPosition.Flat;
        for (var bar = window.Start; bar < window.End; bar++)
        {
            dynamics.Observe(bar, position, observation);
            positions[bar] = policy.Target(dynamics, bar, position.Held, observation);
            if (dynamics.Columns.Earns(bar))
            {
                dynamics.Step(bar, positions[bar], ref position);
            }
        }
    }
}
