using System.Collections.Immutable;
using TrainingCluster.Features.Drift;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>
/// What several competitors on the same bars say about choosing one of them. What could not be computed is named with
/// the reason.
/// </summary>
/// <param name="Competitors">Names of those that could have been chosen.</param>
/// <param name="Benchmark">Name of what they must beat.</param>
/// <param name="Chosen">Name of the one that was chosen, or null.</param>
public sealed record FieldEvidence(ImmutableArray<string> Competitors, string Benchmark, string? Chosen)
{
    private const int LeastBlocks = 4;
    private const int LeastBarsPerBlock = 10;
    private const string NoChoice = "none of the competitors was chosen";

    /// <summary>Does the best beat the benchmark by more than picking the best explains? (White 2000)</summary>
    public required Computed<RealityCheck> RealityCheck { get; init; }

    /// <summary>The same, studentised (Hansen 2005).</summary>
    public required Computed<SuperiorAbility> SuperiorAbility { get; init; }

    /// <summary>How often the best in one half of the bars is below the median in the other.</summary>
    public required Computed<BacktestOverfitting> Overfitting { get; init; }

    /// <summary>Blocks that the bars were divided into for it; 0 where it was not computed.</summary>
    public required int Blocks { get; init; }

    /// <summary>The chosen one against each other competitor and the benchmark.</summary>
    public required ImmutableArray<PairedTest> Pairs { get; init; }

    /// <summary>ρ̄: mean correlation of the competitors' returns over all pairs that vary; null below two.</summary>
    public required double? Correlation { get; init; }

    /// <param name="competitors">At least one.</param>
    /// <param name="benchmark">On the same bars.</param>
    /// <param name="chosen">Index of the chosen one, or null.</param>
    /// <param name="seed">Of the bootstraps.</param>
    public static FieldEvidence Of(
        IReadOnlyList<Competitor> competitors, Competitor benchmark, int? chosen, Seed seed)
    {
        var blocks = BlocksFor(benchmark.Returns.Length);
        return new FieldEvidence(
            [.. competitors.Select(one => one.Name)],
            benchmark.Name,
            chosen is { } index ? competitors[index].Name : null)
        {
            RealityCheck = Snooping(competitors, benchmark, (differences, length) =>
                Statistics.RealityCheck.Test(differences, new StationaryBootstrap(length, seed.For("reality_check")))),
            SuperiorAbility = Snooping(competitors, benchmark, (differences, length) =>
                Statistics.SuperiorAbility.Test(
                    differences, new StationaryBootstrap(length, seed.For("superior_ability")), length)),
            Overfitting = OverfittingOf(competitors, blocks),
            Blocks = competitors.Count > 1 ? blocks : 0,
            Pairs = chosen is { } at ? PairsOf(competitors, benchmark, at) : [],
            Correlation = CorrelationOf(competitors),
        };
    }

    /// <summary>The reason why there are no pairs, or null where there are some.</summary>
    public string? WithoutPairs => Chosen is null ? NoChoice : null;

    private static Computed<T> Snooping<T>(
        IReadOnlyList<Competitor> competitors, Competitor benchmark, Func<double[][], double, T> test)
        where T : class
    {
        if (benchmark.Returns.Length < LeastBlocks * LeastBarsPerBlock)
        {
            return Computed.Not<T>($"{benchmark.Returns.Length} bars; "
                + $"resampling them needs at least {LeastBlocks * LeastBarsPerBlock}");
        }

        double[][] differences = [.. competitors.Select(one => Less(one.Returns, benchmark.Returns))];
        double[][] varying = [.. differences.Where(one => Moments.Of(one).HasVariance)];
        if (varying.Length == 0)
        {
            return Computed.Not<T>($"no competitor's returns differ from those of {benchmark.Name}");
        }

        // Blocks as long as the most dependent series needs: shorter ones would call dependence chance.
        var length = varying.Max(one => BlockLength.Optimal(one).Stationary);
        return Computed.Of<T>(test(differences, length));
    }

    private static Computed<BacktestOverfitting> OverfittingOf(IReadOnlyList<Competitor> competitors, int blocks)
    {
        if (competitors.Count < 2)
        {
            return Computed.Not<BacktestOverfitting>(
                "it ranks the returns of at least 2 competitors on the same bars; there is 1");
        }

        return blocks == 0
            ? Computed.Not<BacktestOverfitting>($"{competitors[0].Returns.Length} bars; {LeastBlocks} blocks of "
                + $"{LeastBarsPerBlock} need at least {LeastBlocks * LeastBarsPerBlock}")
            : Computed.Of<BacktestOverfitting>(
                BacktestOverfitting.Measure([.. competitors.Select(one => one.Returns)], blocks));
    }

    /// <summary>Even, at most the default; 0 where there are too few bars.</summary>
    private static int BlocksFor(int bars)
    {
        var blocks = Math.Min(BacktestOverfitting.DefaultBlocks, bars / LeastBarsPerBlock / 2 * 2);
        return blocks >= LeastBlocks ? blocks : 0;
    }

    private static ImmutableArray<PairedTest> PairsOf(
        IReadOnlyList<Competitor> competitors, Competitor benchmark, int chosen)
    {
        var others = competitors.Where((_, i) => i != chosen).Append(benchmark).ToArray();
        var tests = Array.ConvertAll(others, other =>
            SharpeDifference.LedoitWolf(competitors[chosen].Returns, other.Returns));
        var adjusted = new Queue<double>(MultipleComparisons.Holm(
            [.. tests.OfType<SharpeDifference>().Select(test => Math.Clamp(test.PValue, 0, 1))]));
        return
        [
            .. others.Zip(tests, (other, test) => test is { } known
                ? new PairedTest(other.Name, Computed.Of<SharpeDifference>(known), adjusted.Dequeue())
                : new PairedTest(
                    other.Name,
                    Computed.Not<SharpeDifference>("one of the two never varies, or both are the same"),
                    null)),
        ];
    }

    /// <summary>Mean correlation over all pairs of those that vary; null where fewer than two do.</summary>
    public static double? CorrelationOf(IReadOnlyList<Competitor> competitors)
    {
        double[][] standardised =
        [
            .. competitors.Select(one => (one.Returns, Moments: Moments.Of(one.Returns)))
                .Where(one => one.Moments.HasVariance)
                .Select(one => Array.ConvertAll(
                    one.Returns,
                    value => (value - one.Moments.Mean) / one.Moments.PopulationStandardDeviation)),
        ];
        if (standardised.Length < 2)
        {
            return null;
        }

        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < standardised.Length; i++)
        {
            for (var j = i + 1; j < standardised.Length; j++, pairs++)
            {
                sum += standardised[i].Zip(standardised[j], (a, b) => a * b).Average();
            }
        }

        return sum / pairs;
    }

    private static double[] Less(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a - b)];
}
