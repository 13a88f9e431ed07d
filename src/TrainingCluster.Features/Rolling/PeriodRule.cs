namespace TrainingCluster.Features.Rolling;

/// <summary>The rule that every period of an indicator obeys.</summary>
internal static class PeriodRule
{
    /// <param name="period">Bars.</param>
    /// <param name="name">As the error names it, such as <c>rsi.period</c>.</param>
    /// <param name="least">The smallest period that makes sense.</param>
    public static int Require(int period, string name, int least = 1) =>
        period >= least
            ? period
            : throw new ArgumentException($"{name} is {period}; it must be at least {least}");
}
