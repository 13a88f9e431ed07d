namespace TrainingCluster.Training.OffPolicy;

/// <summary>A number that changes with the progress of a training.</summary>
/// <param name="Start">At the beginning.</param>
/// <param name="End">From <paramref name="Share"/> of the training on.</param>
/// <param name="Share">Part of the training over which it changes, in (0, 1].</param>
/// <param name="Shape">How it goes from one to the other.</param>
public readonly record struct Schedule(double Start, double End, double Share, ScheduleShape Shape)
{
    public static Schedule Constant(double value) => new(value, value, 1, ScheduleShape.Linear);

    public static Schedule Linear(double start, double end, double share = 1) =>
        new(start, end, share, ScheduleShape.Linear);

    /// <summary>Half a cosine wave (Loshchilov, Hutter 2017, arXiv:1608.03983, equation 5, one
    /// period).</summary>
    public static Schedule Cosine(double start, double end, double share = 1) =>
        new(start, end, share, ScheduleShape.Cosine);

    /// <param name="progress">Share of the training that is done; beyond 0 to 1 it counts as the
    /// nearer.</param>
    public double At(double progress)
    {
        var done = Math.Clamp(progress / Share, 0, 1);
        var left = Shape == ScheduleShape.Cosine ? (1 + Math.Cos(Math.PI * done)) / 2 : 1 - done;
        return done >= 1 ? End : End + (Start - End) * left;
    }

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations(string name, double lowest, double highest)
    {
        if (!(Start >= lowest && Start <= highest && End >= lowest && End <= highest))
        {
            yield return $"{name} goes from {Start} to {End}; it must lie in {lowest} to {highest}";
        }

        if (!(Share > 0 && Share <= 1))
        {
            yield return $"{name} changes over {Share} of the training; the share must lie in (0, 1]";
        }
    }
}

/// <summary>How a <see cref="Schedule"/> goes from its start to its end.</summary>
public enum ScheduleShape : byte
{
    Linear,
    Cosine,
}
