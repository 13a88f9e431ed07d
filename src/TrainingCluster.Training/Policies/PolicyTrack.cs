using TrainingCluster.Features.Windows;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments.Market;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// Lets a policy trade a window once from its start, flat, always taking its likeliest action.
/// </summary>
public static class PolicyTrack
{
    /// <returns>[bar], as long as the bars: the position decided at each bar of the window, 0 outside
    /// it.</returns>
    public static double[] Positions(PpoPolicy policy, MarketDynamics dynamics, IndexRange window)
    {
        var positions = new double[dynamics.Columns.Bars.Count];
        var observation = new float[dynamics.ObservationSize];
        var position = MarketPosition.Flat;
        var last = dynamics.Columns.LastDecisionBar;
        for (var bar = window.Start; bar < window.End; bar++)
        {
            dynamics.Observe(bar, position, observation);
            var action = (MarketAction)policy.Act(observation);
            positions[bar] = dynamics.Target(bar, position.Held, action);
            if (bar <= last)
            {
                dynamics.Step(bar, action, ref position);
            }
        }

        return positions;
    }
}
