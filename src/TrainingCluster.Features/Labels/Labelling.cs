using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Labels;

/// <summary>
/// Labels that start where a trade can start: decided at the close of t, entered at open[t+1]. Triple
/// barriers after López de Prado 2018, "Advances in Financial Machine Learning", chapter 3, with these
/// choices: distances are multiples of the average true range at t; bars t+1 … t+horizon are looked at; an
/// open beyond a barrier meets it there; where one bar's range meets both barriers the stop comes first, for
/// the order inside a bar is unknown.
/// </summary>
public static class Labelling
{
    /// <param name="bars">The bars.</param>
    /// <param name="direction">One a bar: 1 long, −1 short, 0 undefined.</param>
    /// <param name="atr">One a bar, in price units; a bar where it is NaN or 0 gets no label.</param>
    /// <param name="options">The barriers.</param>
    /// <returns>A bar is valid if its direction and range are defined, t+1+horizon is a bar, and t+2
    /// is.</returns>
    public static LabelSet Label(
        BarSeries bars, ReadOnlySpan<sbyte> direction, ReadOnlySpan<double> atr, BarrierOptions options)
    {
        options.Validate();
        RequireLength(bars.Count, direction.Length, nameof(direction));
        RequireLength(bars.Count, atr.Length, nameof(atr));

        var barrier = new sbyte[bars.Count];
        var lastBar = new int[bars.Count];
        var nextUp = new sbyte[bars.Count];
        var valid = new bool[bars.Count];
        for (var t = 0; t < bars.Count; t++)
        {
            lastBar[t] = t;
            // In 64 bits: a horizon near the largest integer must not wrap round.
            var inside = t + 1L + options.HorizonBars < bars.Count && t + 2 < bars.Count;
            if (!inside || direction[t] == 0 || !(atr[t] > 0))
            {
                continue;
            }

            var (outcome, touched) = FirstTouch(bars, t, direction[t], atr[t], options);
            valid[t] = true;
            barrier[t] = (sbyte)outcome;
            lastBar[t] = Math.Max(touched, t + 2);
            nextUp[t] = bars.Open[t + 2] > bars.Open[t + 1] ? (sbyte)1 : (sbyte)0;
        }

        return new LabelSet([.. direction], [.. barrier], [.. lastBar], [.. nextUp], [.. valid]);
    }

    private static (BarrierOutcome Outcome, int Bar) FirstTouch(
        BarSeries bars, int t, sbyte direction, double atr, BarrierOptions options)
    {
        var entry = bars.Open[t + 1];
        var profit = entry + Math.Sign(direction) * options.ProfitAtr * atr;
        var stop = entry - Math.Sign(direction) * options.StopAtr * atr;
        var last = t + options.HorizonBars;
        for (var bar = t + 1; bar <= last; bar++)
        {
            var open = bars.Open[bar];
            var (low, high) = (bars.Low[bar], bars.High[bar]);
            var (worst, best) = direction > 0 ? (low, high) : (high, low);
            if (Reaches(stop, open, direction))
            {
                return (BarrierOutcome.Stop, bar);
            }

            if (Reaches(open, profit, direction))
            {
                return (BarrierOutcome.Profit, bar);
            }

            if (Reaches(stop, worst, direction))
            {
                return (BarrierOutcome.Stop, bar);
            }

            if (Reaches(best, profit, direction))
            {
                return (BarrierOutcome.Profit, bar);
            }
        }

        return (BarrierOutcome.Timeout, last);
    }

    /// <summary>Whether a price is at or beyond a level, seen in the direction of the trade.</summary>
    private static bool Reaches(double price, double level, sbyte direction) =>
        direction > 0 ? price >= level : price <= level;

    private static void RequireLength(int bars, int length, string name)
    {
        if (length != bars)
        {
            throw new ArgumentException(
                $"{name} has {length} values; there must be one for each of {bars} bars", name);
        }
    }
}
