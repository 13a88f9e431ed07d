using System.Globalization;
using System.Text.Json;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Ensembles;

/// <summary>
/// Joins the strategies' hybrids: regimes fitted on the training window, weights from the regime and from
/// each member's closed trades, walked from the start of validation through test so that the test begins
/// with a track record.
/// </summary>
internal sealed class EnsembleJob : IStageJob
{
    public const string Kind = "ensemble";

    public JobOutput Run(StageContext context)
    {
        var inputs = context.Inputs(InputRoles.Hybrid);
        if (inputs.IsEmpty)
        {
            throw new JobInputException($"job {context.Spec.Id} has no input of role '{InputRoles.Hybrid}'; "
                + "an ensemble needs at least one hybrid");
        }

        var members = ImmutableArray.CreateBuilder<EnsembleMember>(inputs.Length);
        foreach (var input in inputs)
        {
            context.Report("members", members.Count, inputs.Length);
            members.Add(EnsembleMember.Load(context, input));
            context.Checkpoints.StepDone(members.Count, () => []);
        }

        return Blend(context, members.MoveToImmutable());
    }

    private static JobOutput Blend(StageContext context, ImmutableArray<EnsembleMember> members)
    {
        context.Report("blend", 0, 1);
        var strategies = members.Select(member => member.Strategy).ToImmutableArray();
        if (strategies.Distinct(StringComparer.Ordinal).Count() < strategies.Length)
        {
            throw new JobInputException(
                $"job {context.Spec.Id} has two hybrids of one strategy ({string.Join(", ", strategies)}); "
                + "an ensemble takes one of each");
        }

        var bars = context.Request.Bars;
        var split = CommonSplit(members);
        var detector = RegimeDetector.Fit(bars, split.Train);
        var walked = new IndexRange(split.Validation.Start, split.Test.End);
        var costs = new CostModel(context.Spec.FeeRatio);
        var regimes = detector.Detect(bars);
        double[][] positions = [.. members.Select(member => member.Positions)];
        var track = DynamicEnsemble.Blend(bars, strategies, regimes, positions, walked, costs);
        var comparison = EnsembleComparison.DynamicAgainstEqual(
            bars, strategies, regimes, positions, walked, split.Test, costs);

        var evaluation = Evaluate(context, members, split, track, costs, comparison);
        var artifact = Artifact(context, members, detector, strategies);
        return new JobOutput(
            [new JobFile(FileRoles.Model, artifact.ToBytes())], PolicyEvaluation.Metrics(evaluation),
            evaluation);
    }

    /// <summary>
    /// The windows that lie inside every member's own: strategies differ in warm-up and label horizon.
    /// </summary>
    private static TimeSplit CommonSplit(ImmutableArray<EnsembleMember> members)
    {
        var splits = members.Select(member => member.Data.Split).ToArray();
        IndexRange Common(Func<TimeSplit, IndexRange> part)
        {
            var range = new IndexRange(splits.Max(s => part(s).Start), splits.Min(s => part(s).End));
            return range.Count > 0
                ? range
                : throw new JobInputException(
                    "the members' windows do not overlap; train them on the same bars");
        }

        return new TimeSplit(
            Common(s => s.Train), Common(s => s.Validation), Common(s => s.Test),
            splits.Max(s => s.PurgeBars), splits.Max(s => s.EmbargoBars));
    }

    private static JobEvaluation Evaluate(
        StageContext context, ImmutableArray<EnsembleMember> members, TimeSplit split, EnsembleTrack track,
        CostModel costs, EnsembleComparison comparison)
    {
        var bars = context.Request.Bars;
        var scores = ImmutableSortedDictionary.CreateRange<string, double?>(StringComparer.Ordinal,
        [
            new("diversity", Diversity.Of([.. members.Select(member => member.Returns(split.Test, costs))])),
            new("accuracy", Accuracy(members[0], split.Test, track)),
            .. WeightingScores.Of(comparison, Math.Sqrt(bars.BarsPerYear)).ToScores(),
        ]);
        var evaluation = PolicyEvaluation.Of(context, bars, split, track.Positions.AsSpan(), scores);
        var first = evaluation.FirstBar - track.Window.Start;
        var count = evaluation.Positions.Length;
        return evaluation with
        {
            Members = track.Strategies,
            Weights = track.Weights.Slice(first, count),
            Regimes = [.. track.Regimes.Slice(first, count).Select(Name)],
            Events = [.. track.Changes
                .Where(change => change.Bar >= evaluation.FirstBar)
                .Select(change => Logged(change, track.Strategies))],
        };
    }

    /// <summary>
    /// Share of the test bars in the market whose side was that of the next bar; null without any.
    /// </summary>
    private static double? Accuracy(EnsembleMember member, IndexRange test, EnsembleTrack track)
    {
        var labels = member.Data.Labels;
        var held = PreparedHeld(test, track).Where(bar => labels.Valid[bar]).ToArray();
        return held.Length == 0
            ? null
            : (double)held.Count(bar => track.Positions[bar] > 0 == labels.NextUp[bar] > 0) / held.Length;
    }

    private static TrainingEvent Logged(EnsembleChange change, ImmutableArray<string> strategies) => change switch
    {
        RegimeChanged regime => new TrainingEvent(
            regime.Bar, "blend", "regime_changed", $"to {Name(regime.To)}"),
        WeightsChanged weights => new TrainingEvent(
            weights.Bar, "blend", "weights_changed", $"to {Text(weights, strategies)}: {weights.Reason}"),
        _ => throw new InvalidOperationException($"a change of type {change.GetType().Name} is unknown"),
    };

    private static string Text(WeightsChanged change, ImmutableArray<string> strategies) =>
        string.Join(", ", strategies.Select((name, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{name} {change.After[i]:0.###}")));

    private static IEnumerable<int> PreparedHeld(IndexRange test, EnsembleTrack track) =>
        Enumerable.Range(test.Start, test.Count).Where(bar => track.Positions[bar] != 0);

    private static ModelArtifact Artifact(
        StageContext context, ImmutableArray<EnsembleMember> members, RegimeDetector detector,
        ImmutableArray<string> strategies)
    {
        var regimes = Enum.GetValues<MarketRegime>();
        var config = new EnsembleConfig
        {
            Members = [.. members.Select(m => new EnsembleMemberReference(m.Strategy, m.JobId, m.Artifact))],
            Regimes = detector,
            RegimeNames = [.. regimes.Select(Name)],
            Data = context.Request.Bars.Digest,
            Spec = context.Checkpoints.SpecDigest,
        };
        double[] weights = [.. regimes.SelectMany(regime => RegimeWeights.For(regime, strategies))];
        return new ModelArtifact(
            Kind,
            JsonSerializer.Serialize(config, EnsembleJson.Default.EnsembleConfig),
            [new("regime_weights", ArtifactTensor.Of(weights, regimes.Length, strategies.Length))]);
    }

    private static string Name(MarketRegime regime) =>
        regime.ToString().ToLower(CultureInfo.InvariantCulture);
}
