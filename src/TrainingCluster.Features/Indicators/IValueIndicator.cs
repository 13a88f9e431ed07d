namespace TrainingCluster.Features.Indicators;

/// <summary>An indicator over one value a bar, such as the close or another indicator.</summary>
public interface IValueIndicator
{
    /// <summary>The first value, counted from 0, at which it is defined.</summary>
    int WarmUp { get; }

    /// <summary>Takes the next value, which must be defined, and answers NaN until the warm-up is over.</summary>
    double Next(double value);
}
