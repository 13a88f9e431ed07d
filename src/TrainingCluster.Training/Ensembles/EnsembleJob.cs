using System.Globalization;
using System.Text.Json;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Windows;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Statistics;
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
        var names = members.Select(member => member.Name).ToImmutableArray();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw new JobInputException(
                $"job {context.Spec.Id} has the same hybrid twice ({string.Join(", ", names)}); "
                + "an ensemble takes one of each strategy and agent");
        }

        var panel = context.Request.Bars;
        ImmutableArray<SymbolBlend> blends = [.. panel.Symbols.Select((_, k) =>
            SymbolBlend.Of(panel, k, members, context.Spec.Costs))];
        RequireCompatible(context, members, blends);
        var evaluation = Evaluate(context, members, blends);
        var artifact = Artifact(context, members, blends);
        return new JobOutput(
            [new JobFile(FileRoles.Model, artifact.ToBytes())], PolicyEvaluation.Metrics(evaluation),
            evaluation);
    }

    /// <summary>
    /// They must read the same columns over the same windows, and none may have been fitted on a bar from which the
    /// weights learn or are measured.
    /// </summary>
    /// <exception cref="JobInputException">They do not; everything that differs is listed.</exception>
    private static void RequireCompatible(
        StageContext context, ImmutableArray<EnsembleMember> members, ImmutableArray<SymbolBlend> blends)
    {
        var found = blends.SelectMany((blend, k) =>
        {
            var bars = context.Request.Bars.Symbols[k];
            var validation = bars.Times[blend.Split.Validation.Start];
            return PipelineCompatibility.Check(
                [.. members.Select(m => (m.JobId, m.Data.Preprocessor.Pipelines.Of(bars.Symbol).Fitted))], validation)
                .AddRange(PipelineCompatibility.Check(
                    [.. members.Select(m => ($"{m.JobId}'s agent", m.State.Of(bars.Symbol).Fitted))], validation));
        }).Distinct().ToArray();
        if (found.Length > 0)
        {
            throw new JobInputException($"the members of job {context.Spec.Id} cannot decide together: "
                + $"{string.Join("; ", found)}; train them alike");
        }
    }

    private static JobEvaluation Evaluate(
        StageContext context, ImmutableArray<EnsembleMember> members, ImmutableArray<SymbolBlend> blends)
    {
        var panel = context.Request.Bars;
        ImmutableArray<IndexRange> test = [.. blends.Select(blend => blend.Split.Test)];
        double[] positions = [.. blends.SelectMany(blend => blend.Track.Positions)];
        var evaluation = PolicyEvaluation.Of(
            context, panel, [.. blends.Select(blend => blend.Split.Validation)], test, positions,
            Scores(context, members, blends, positions));
        return evaluation with
        {
            Members = [.. members.Select(member => member.Name)],
            Weights = panel.IsSingle ? blends[0].WeightsFrom(evaluation.FirstBar, evaluation.Positions.Length) : [],
            Regimes = panel.IsSingle ? blends[0].RegimesFrom(evaluation.FirstBar, evaluation.Positions.Length) : [],
            Symbols = evaluation.Symbols is { } symbols
                ? [.. symbols.Select((symbol, k) => symbol with
                {
                    Weights = blends[k].WeightsFrom(symbol.FirstBar, symbol.Positions.Length),
                    Regimes = blends[k].RegimesFrom(symbol.FirstBar, symbol.Positions.Length),
                })]
                : null,
            Events = [.. blends.SelectMany((blend, k) => blend.Track.Changes
                .Where(change => change.Bar >= blend.Split.Test.Start)
                .Select(change => Logged(
                    change, members, panel.IsSingle ? "blend" : panel.Symbols[k].Symbol)))],
        };
    }

    private static ImmutableSortedDictionary<string, double?> Scores(
        StageContext context, ImmutableArray<EnsembleMember> members, ImmutableArray<SymbolBlend> blends,
        double[] positions)
    {
        var panel = context.Request.Bars;
        var costs = context.Spec.Costs;
        ImmutableArray<IndexRange> test = [.. blends.Select(blend => blend.Split.Test)];
        var equal = PanelBacktest.Run(
            panel, [.. blends.SelectMany(blend => blend.EqualWeights.Positions)], test, costs);
        var blended = PanelBacktest.Run(panel, positions, test, costs);
        return ImmutableSortedDictionary.CreateRange<string, double?>(StringComparer.Ordinal,
        [
            new("diversity", Diversity.Of([.. members.Select(member => member.Returns(test, costs))])),
            new("accuracy", Accuracy(members[0], test, positions)),
            .. WeightingScores.Of(
                blended, equal, panel, [.. blends.Select(blend => blend.Regimes)]).ToScores(),
        ]);
    }

    /// <summary>
    /// Share of the test bars in the market whose side was that of the next bar; null without any.
    /// </summary>
    private static double? Accuracy(EnsembleMember member, ImmutableArray<IndexRange> test, double[] positions)
    {
        var labels = member.Data.Labels;
        var held = member.Data.RowsOf(test).Where(row => positions[row] != 0 && labels.Valid[row]).ToArray();
        return held.Length == 0
            ? null
            : (double)held.Count(row => positions[row] > 0 == labels.NextUp[row] > 0) / held.Length;
    }

    private static TrainingEvent Logged(
        EnsembleChange change, ImmutableArray<EnsembleMember> members, string phase) => change switch
        {
            RegimeChanged regime => new TrainingEvent(
                regime.Bar, phase, "regime_changed", $"to {Name(regime.To)}"),
            WeightsChanged weights => new TrainingEvent(
                weights.Bar, phase, "weights_changed", $"to {Text(weights, members)}: {weights.Reason}"),
            _ => throw new InvalidOperationException($"a change of type {change.GetType().Name} is unknown"),
        };

    private static string Text(WeightsChanged change, ImmutableArray<EnsembleMember> members) =>
        string.Join(", ", members.Select((member, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{member.Name} {change.After[i]:0.###}")));

    private static ModelArtifact Artifact(
        StageContext context, ImmutableArray<EnsembleMember> members, ImmutableArray<SymbolBlend> blends)
    {
        var regimes = Enum.GetValues<MarketRegime>();
        ImmutableArray<string> strategies = [.. members.Select(member => member.Strategy)];
        var config = new EnsembleConfig
        {
            Members = [.. members.Select(m => new EnsembleMemberReference(
                m.Strategy, m.JobId, m.Artifact, m.Data.Preprocessor.Pipelines.Sha256, m.State.Sha256))],
            Regimes = blends[0].Detector,
            SymbolRegimes = blends.Length == 1
                ? null
                : context.Request.Bars.Names
                    .Zip(blends, (symbol, blend) => KeyValuePair.Create(symbol, blend.Detector))
                    .ToImmutableSortedDictionary(StringComparer.Ordinal),
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

    internal static string Name(MarketRegime regime) =>
        regime.ToString().ToLower(CultureInfo.InvariantCulture);
}
