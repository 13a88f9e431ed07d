namespace TrainingCluster.Training.Schedules;

/// <summary>A number that changes with the steps taken: a learning rate, a clip range, an exploration.</summary>
public abstract record Schedule
{
    /// <param name="step">Steps taken so far, from 0.</param>
    public abstract double At(long step);
}

/// <summary>The same all the time.</summary>
public sealed record ConstantSchedule(double Value) : Schedule
{
    public override double At(long step) => Value;
}

/// <summary>Straight from one value to another, which stays.</summary>
/// <param name="Steps">After which the second value is reached; above 0.</param>
public sealed record LinearSchedule(double From, double To, long Steps) : Schedule
{
    public override double At(long step) => step >= Steps ? To : From + (To - From) * step / Steps;
}

/// <summary>Base · factorˢᵗᵉᵖ.</summary>
public sealed record ExponentialSchedule(double Base, double Factor) : Schedule
{
    public override double At(long step) => Base * Math.Pow(Factor, step);
}

/// <summary>
/// Cosine annealing with warm restarts (Loshchilov, Hutter 2017, arXiv:1608.03983, equation 5): from the base to
/// the minimum within a period, then at once back to the base; each period is longer than the one before by a
/// factor.
/// </summary>
/// <param name="Period">Steps of the first period, above 0.</param>
/// <param name="Factor">At least 1.</param>
public sealed record CosineRestartSchedule(double Base, double Minimum, long Period, int Factor = 1) : Schedule
{
    public override double At(long step)
    {
        var (period, inside) = (Period, step);
        while (inside >= period)
        {
            inside -= period;
            period *= Factor;
        }

        return Minimum + (Base - Minimum) * (1 + Math.Cos(Math.PI * inside / period)) / 2;
    }
}

/// <summary>
/// One cycle (Smith, Topin 2018, arXiv:1708.07120) as PyTorch's OneCycleLR does it by default: from maximum/25
/// by a cosine to the maximum within the first 30 % of the steps, then by a cosine to maximum/250,000.
/// </summary>
/// <param name="Steps">Of the whole cycle, at least 2.</param>
public sealed record OneCycleSchedule(double Maximum, long Steps) : Schedule
{
    private const double RisingShare = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;

    public override double At(long step)
    {
        var start = Maximum / StartDivisor;
        var top = RisingShare * Steps - 1;
        var last = Steps - 1.0;
        var at = Math.Min(step, last);
        return at <= top
            ? Between(start, Maximum, at / top)
            : Between(Maximum, start / EndDivisor, (at - top) / (last - top));
    }

    private static double Between(double from, double to, double share) =>
        to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}

/// <summary>Schedules one after the other; each begins at its own step 0.</summary>
/// <param name="Phases">Each with the steps it lasts; the last one goes on.</param>
public sealed record PhasedSchedule(ImmutableArray<(long Steps, Schedule Schedule)> Phases) : Schedule
{
    public override double At(long step)
    {
        var left = step;
        foreach (var (steps, schedule) in Phases[..^1])
        {
            if (left < steps)
            {
                return schedule.At(left);
            }

            left -= steps;
        }

        return Phases[^1].Schedule.At(left);
    }
}
