using System.Collections.Immutable;

namespace TrainingCluster.Features.Drift;

/// <summary>
/// Compares columns with their reference. The test goes by the reference's rows and values as in Evidently, so that
/// figures are familiar; p-values allow for correlation in time, which plain tests take for drift: bars of one
/// series are no independent draws. A verdict needs significance across all columns and, for distances, size.
/// </summary>
public static class DriftDetector
{
    private const int SmallReference = 1000;

    public static DriftReport Compare(
        ReferenceProfile reference, IReadOnlyDictionary<string, double[]> current, DriftOptions? options = null)
    {
        options ??= new DriftOptions();
        var columns = reference.Columns
            .Select(column => Compare(column, current.GetValueOrDefault(column.Name) ?? [], options))
            .ToArray();
        var judged = columns.Where(column => column.Test is not null).ToArray();
        var adjusted = MultipleComparisons.BenjaminiHochberg(
            [.. judged.Select(column => Math.Clamp(column.PValue, 0, 1))]);
        for (var i = 0; i < judged.Length; i++)
        {
            var place = Array.IndexOf(columns, judged[i]);
            var large = judged[i].Test is not (DriftTest.Wasserstein or DriftTest.JensenShannon)
                || judged[i].Effect >= options.LeastDistance;
            columns[place] = judged[i] with
            {
                Adjusted = adjusted[i],
                Verdict = adjusted[i] < options.Level && large ? DriftVerdict.Drift : DriftVerdict.NoDrift,
            };
        }

        var drifted = columns.Count(column => column.Verdict == DriftVerdict.Drift);
        var share = judged.Length == 0 ? double.NaN : (double)drifted / judged.Length;
        var verdict = judged.Length == 0 ? DriftVerdict.TooLittleData
            : share >= options.DriftShare ? DriftVerdict.Drift : DriftVerdict.NoDrift;
        return new DriftReport([.. columns], share, verdict);
    }

    private static ColumnDrift Compare(ColumnProfile reference, double[] current, DriftOptions options)
    {
        var finite = ColumnProfile.Finite(current);
        var missing = current.Length == 0 ? 1 : 1 - (double)finite.Length / current.Length;
        // The reference's own, as without drift both sides are alike: a level that shifts inside the current rows would
        // make them look correlated, and hide itself.
        var time = reference.CorrelationTime;
        var sizes = new Sizes(
            reference.Values.Length, finite.Length, reference.Values.Length / time, finite.Length / time);
        if (Math.Min(sizes.Reference, sizes.Current) < options.LeastRows
            || Math.Min(sizes.EffectiveReference, sizes.EffectiveCurrent) < options.LeastEffectiveRows)
        {
            return new ColumnDrift(
                reference.Name, null, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN,
                sizes.Reference, sizes.Current, missing, DriftVerdict.TooLittleData);
        }

        Array.Sort(finite);
        var shares = reference.SharesOf(finite);
        var (test, effect, pValue) = Test(reference, finite, shares, sizes, options);
        var index = Distances.StabilityIndex(reference.Shares.AsSpan(), shares);
        return new ColumnDrift(
            reference.Name, test, effect, pValue, double.NaN, index, StabilityCritical(reference, sizes),
            sizes.Reference, sizes.Current, missing, DriftVerdict.NoDrift);
    }

    private static (DriftTest Test, double Effect, double PValue) Test(
        ColumnProfile reference, double[] sorted, double[] shares, Sizes sizes, DriftOptions options)
    {
        var small = sizes.Reference <= SmallReference;
        if (!reference.IsCategorical)
        {
            return small
                ? KolmogorovSmirnov(reference, sorted, sizes, options)
                : Wasserstein(reference, sorted, sizes, options);
        }

        return small ? Categories(reference, shares, sizes) : JensenShannon(reference, sorted, shares, sizes, options);
    }

    private static (DriftTest Test, double Effect, double PValue) KolmogorovSmirnov(
        ColumnProfile reference, double[] sorted, Sizes sizes, DriftOptions options)
    {
        var d = Distances.KolmogorovSmirnov(Sorted(reference), sorted);
        if (sizes.IsIndependent)
        {
            return (DriftTest.KolmogorovSmirnov, d, Tails.KolmogorovSmirnovExact(d, sizes.Reference, sizes.Current));
        }

        var byBlocks = BlockResampling.PValue(
            reference, sorted.Length, d, options, (one, other) => Distances.KolmogorovSmirnov(one, other));
        return (DriftTest.KolmogorovSmirnov, d, Math.Max(ByWorth(d, sizes), byBlocks));
    }

    /// <summary>
    /// Blocks of a short series understate how far it wanders; its worth in rows overstates little. A correlated column
    /// has drifted where both say so.
    /// </summary>
    private static double ByWorth(double d, Sizes sizes) =>
        Tails.KolmogorovSmirnov(d, sizes.EffectiveReference, sizes.EffectiveCurrent);

    private static (DriftTest Test, double Effect, double PValue) Wasserstein(
        ColumnProfile reference, double[] sorted, Sizes sizes, DriftOptions options)
    {
        var ordered = Sorted(reference);
        var effect = Distances.Wasserstein(ordered, sorted) / reference.Deviation;
        var pValue = BlockResampling.PValue(
            reference, sorted.Length, effect, options,
            (one, other) => Distances.Wasserstein(one, other) / reference.Deviation);
        return (DriftTest.Wasserstein, effect, sizes.IsIndependent
            ? pValue
            : Math.Max(pValue, ByWorth(Distances.KolmogorovSmirnov(ordered, sorted), sizes)));
    }

    private static (DriftTest Test, double Effect, double PValue) JensenShannon(
        ColumnProfile reference, double[] sorted, double[] shares, Sizes sizes, DriftOptions options)
    {
        var effect = Distances.JensenShannon(reference.Shares.AsSpan(), shares);
        var pValue = BlockResampling.PValue(
            reference, sorted.Length, effect, options,
            (one, other) => Distances.JensenShannon(reference.SharesOf(one), reference.SharesOf(other)));
        return (DriftTest.JensenShannon, effect, sizes.IsIndependent
            ? pValue
            : Math.Max(pValue, Categories(reference, shares, sizes).PValue));
    }

    /// <summary>Two rows of counts; both are scaled to what they are worth.</summary>
    private static (DriftTest Test, double Effect, double PValue) Categories(
        ColumnProfile reference, double[] shares, Sizes sizes)
    {
        var (n, m) = (sizes.EffectiveReference, sizes.EffectiveCurrent);
        var (sum, cells) = (0.0, 0);
        for (var i = 0; i < shares.Length; i++)
        {
            var expected = (reference.Shares[i] * n + shares[i] * m) / (n + m);
            if (expected > 0)
            {
                var gap = reference.Shares[i] - shares[i];
                sum += gap * gap / expected;
                cells++;
            }
        }

        var statistic = sum * n * m / (n + m);
        var pValue = cells < 2 ? 1 : Tails.ChiSquare(statistic, cells - 1);
        return cells <= 2
            ? (DriftTest.Proportions, Math.Abs(reference.Shares[^1] - shares[^1]), pValue)
            : (DriftTest.ChiSquare, Math.Sqrt(statistic / (n + m)), pValue);
    }

    /// <summary>PSI · nm / (n + m) is about χ² with one degree less than cells (Yurdakul 2018).</summary>
    private static double StabilityCritical(ColumnProfile reference, Sizes sizes)
    {
        var cells = reference.Shares.Count(share => share > 0);
        var (low, high) = (0.0, 200.0);
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            (low, high) = Tails.ChiSquare(middle, Math.Max(1, cells - 1)) > 0.05 ? (middle, high) : (low, middle);
        }

        return high * (1 / sizes.EffectiveReference + 1 / sizes.EffectiveCurrent);
    }

    private static double[] Sorted(ColumnProfile reference)
    {
        double[] sorted = [.. reference.Values];
        Array.Sort(sorted);
        return sorted;
    }

    private readonly record struct Sizes(
        int Reference, int Current, double EffectiveReference, double EffectiveCurrent)
    {
        public bool IsIndependent => EffectiveReference >= Reference && EffectiveCurrent >= Current;
    }
}
