using System.Collections.Immutable;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Node.Reporting;

/// <summary>Gathers what a run left behind: evaluations from the artifact store, trials and versions from the
/// registry.</summary>
public static class RunResults
{
    /// <summary>Null where no job of the run came far enough to be scored.</summary>
    /// <exception cref="ArtifactCorruptException">An evaluation's bytes are not what was stored.</exception>
    public static Leaderboard? Leaderboard(
        RunSummary run, BarPanel bars, RegistryState registry, IArtifactStore artifacts)
    {
        var candidates = ImmutableArray.CreateBuilder<LeaderboardCandidate>();
        foreach (var job in run.Jobs)
        {
            if (job.Result is { } result && Evaluation(result.Files, artifacts) is { } evaluation)
            {
                candidates.Add(new LeaderboardCandidate(
                    result.Version.Model.Type, job.Strategy, result.Version.ToString(), result.Grade, evaluation));
            }
        }

        return candidates.Count == 0
            ? null
            : Training.Leaderboards.Leaderboard.Build(new LeaderboardInput(
                bars,
                candidates.ToImmutable(),
                run.Spec.Strategies,
                run.Spec.Costs,
                new Seed(run.Spec.Seed).For("leaderboard"),
                registry.Trials.Count(run.Spec.Data),
                registry.Trials.SharpeVariance(run.Spec.Data))
            {
                Definitions = run.Spec.Definitions,
            });
    }

    public static RunReport Report(
        RunSummary run,
        BarPanel bars,
        RegistryState registry,
        IArtifactStore artifacts,
        Leaderboard? leaderboard,
        string command,
        string productVersion) => new()
        {
            RunId = run.Id.Text,
            Status = run.Status.Text(),
            Spec = run.Spec,
            Command = command,
            ProductVersion = productVersion,
            Bars = bars,
            Quality = [.. bars.Symbols.Select(BarQuality.Check)],
            Leaderboard = leaderboard,
            Jobs = [.. run.Jobs.Select(job => Reported(job, registry, artifacts))],
            Profile = run.Jobs.Select(job => Version(job, registry)).OfType<ModelVersion>()
                .Select(version => version.Profile).FirstOrDefault() ?? ImmutableSortedDictionary<string, string>.Empty,
        };

    private static ReportedJob Reported(JobSummary job, RegistryState registry, IArtifactStore artifacts) => new(
        job.Id,
        job.Status.Text(),
        job.Detail ?? job.Reason,
        job.Attempts,
        Version(job, registry),
        job.Result is { } result ? Evaluation(result.Files, artifacts) : null);

    private static ModelVersion? Version(JobSummary job, RegistryState registry) =>
        job.Result is { } result ? registry.Find(result.Version) : null;

    private static JobEvaluation? Evaluation(ImmutableArray<ArtifactFile> files, IArtifactStore artifacts) =>
        files.FirstOrDefault(file => file.Role == ArtifactFile.EvaluationRole) is { } file
            ? JobEvaluation.FromJson(artifacts.Get(file.Digest).Span)
            : null;
}
