using System.Collections.Immutable;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Profiles;

/// <summary>What log returns from close to close are like.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Of a bar.</param>
/// <param name="Deviation">Of a bar, dividing by n − 1.</param>
/// <param name="AnnualDeviation">Times the root of bars in a year.</param>
/// <param name="Skewness">Of the population; NaN without variance.</param>
/// <param name="ExcessKurtosis">Of the population: 0 for a normal distribution.</param>
/// <param name="Least">The largest loss.</param>
/// <param name="LeastAt">Unix milliseconds of its bar.</param>
/// <param name="Largest">The largest gain.</param>
/// <param name="LargestAt">Unix milliseconds of its bar.</param>
/// <param name="ZeroShare">Share of bars without a move.</param>
/// <param name="Autocorrelations">Of lags 1 to 10; empty without variance.</param>
/// <param name="SizeAutocorrelations">Of the absolute returns: volatility that comes in clusters.</param>
/// <param name="LjungBoxP">Of "no correlation up to lag 10"; NaN with too few returns.</param>
/// <param name="SizeLjungBoxP">The same of absolute returns.</param>
public sealed record ReturnSummary(
    int Count, double Mean, double Deviation, double AnnualDeviation, double Skewness, double ExcessKurtosis,
    double Least, long LeastAt, double Largest, long LargestAt, double ZeroShare,
    ImmutableArray<double> Autocorrelations, ImmutableArray<double> SizeAutocorrelations,
    double LjungBoxP, double SizeLjungBoxP)
{
    private const int Lags = 10;

    /// <param name="times">Unix milliseconds of the closes, increasing.</param>
    /// <param name="closes">Above zero.</param>
    /// <param name="barsPerYear">To annualise with.</param>
    /// <returns>Null with fewer than two closes.</returns>
    public static ReturnSummary? Of(ReadOnlySpan<long> times, ReadOnlySpan<double> closes, double barsPerYear)
    {
        if (closes.Length < 2)
        {
            return null;
        }

        var returns = new double[closes.Length - 1];
        var (least, largest, zeros) = (0, 0, 0);
        for (var t = 0; t < returns.Length; t++)
        {
            returns[t] = Math.Log(closes[t + 1] / closes[t]);
            least = returns[t] < returns[least] ? t : least;
            largest = returns[t] > returns[largest] ? t : largest;
            zeros += returns[t] == 0 ? 1 : 0;
        }

        var sizes = Array.ConvertAll(returns, Math.Abs);
        var moments = Moments.Of(returns);
        return new ReturnSummary(
            returns.Length, moments.Mean, moments.StandardDeviation,
            moments.StandardDeviation * Math.Sqrt(barsPerYear), moments.Skewness, moments.Kurtosis.ToExcess().Value,
            returns[least], times[least + 1], returns[largest], times[largest + 1], (double)zeros / returns.Length,
            [.. SerialCorrelation.Autocorrelations(returns, Lags)],
            [.. SerialCorrelation.Autocorrelations(sizes, Lags)],
            SerialCorrelation.LjungBox(returns, Lags), SerialCorrelation.LjungBox(sizes, Lags));
    }
}
