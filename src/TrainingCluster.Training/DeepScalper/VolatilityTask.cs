using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.DeepScalper;

/// <summary>
/// The risk-aware auxiliary task (Sun et al. 2022, section 4.3): predict the realised volatility of the next
/// bars, as the logarithm of √(mean r²), standardised over the training window. A bar whose next bars leave the
/// session or the window has no target. Rows count by their importance, as in the loss of the values: priorities
/// favour bars whose next bars moved far, and volatility would be overestimated.
/// </summary>
internal sealed class VolatilityTask : IAuxiliaryTask
{
    private readonly float[] _targets;

    /// <param name="weight">η.</param>
    /// <param name="bars">How many next bars, at least 2.</param>
    public VolatilityTask(double weight, int bars, DeepScalperMarket market)
    {
        Weight = weight;
        _targets = Targets(market, bars);
    }

    public double Weight { get; }

    /// <summary>[bar]; NaN where there is none.</summary>
    public ReadOnlySpan<float> TargetByBar => _targets;

    public double Slopes(ReplayBatch batch, ReadOnlySpan<float> outputs, Span<float> slopes)
    {
        var (loss, known) = (0.0, 0);
        for (var row = 0; row < batch.Rows; row++)
        {
            known += float.IsNaN(_targets[batch.Tags[row]]) ? 0 : 1;
        }

        for (var row = 0; row < batch.Rows; row++)
        {
            var target = _targets[batch.Tags[row]];
            var error = float.IsNaN(target) ? 0 : outputs[row] - target;
            var share = (double)batch.Weights[row] / Math.Max(1, known);
            loss += share * error * error;
            slopes[row] = (float)(Weight * 2 * share * error);
        }

        return loss;
    }

    /// <summary>Standardised by the bars of the window alone.</summary>
    private static float[] Targets(DeepScalperMarket market, int bars)
    {
        var logs = new double[market.Bars];
        Array.Fill(logs, double.NaN);
        for (var bar = market.Window.Start; bar + bars < market.Window.End; bar++)
        {
            if (market.LastBar(bar) >= bar + bars)
            {
                logs[bar] = LogVolatility(market, bar, bars);
            }
        }

        var known = logs.Where(double.IsFinite).ToArray();
        var mean = known.Length == 0 ? 0 : known.Average();
        var deviation = known.Length < 2 ? 1 : Math.Sqrt(known.Average(log => (log - mean) * (log - mean)));
        return [.. logs.Select(log =>
            double.IsFinite(log) ? (float)((log - mean) / (deviation > 0 ? deviation : 1)) : float.NaN)];
    }

    private static double LogVolatility(DeepScalperMarket market, int bar, int bars)
    {
        var sum = 0.0;
        for (var next = bar + 1; next <= bar + bars; next++)
        {
            var move = Math.Log(market.Close(next) / market.Close(next - 1));
            sum += move * move;
        }

        return Math.Log(Math.Sqrt(sum / bars));
    }
}
