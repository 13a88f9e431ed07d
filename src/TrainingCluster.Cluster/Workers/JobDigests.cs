using System.Globalization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers;

/// <summary>What the registry compares to number a version.</summary>
internal static class JobDigests
{
    private static readonly Digest NoData = Digest.Of("any data");

    /// <summary>Of the job without data and inputs: equal for a retraining on newer bars.</summary>
    public static Digest Recipe(JobSpec spec) =>
        (spec with { Data = NoData, GivenInputs = [] }).SpecDigest([]);

    /// <summary>
    /// Of what a caller of the model sees: its type, its agent, the kind of its artifact and the names and
    /// shapes of what goes in. Where the artifact does not parse, the type alone.
    /// </summary>
    public static Digest Signature(JobSpec spec, JobOutput output)
    {
        var model = output.Files.FirstOrDefault(file => file.Role == FileRoles.Model);
        return Digest.Of(string.Create(CultureInfo.InvariantCulture,
            $"{Stages.TypeName(spec.Stage, spec.Agent)}\n{spec.Agent}\n{KindOf(model)}\n"));
    }

    /// <summary>Of the window in which choices are made; null where undefined.</summary>
    public static double? ValidationSharpePerBar(JobEvaluation evaluation) =>
        evaluation.Validation?.Metrics.SharpePerBar is { } sharpe && double.IsFinite(sharpe) ? sharpe : null;

    private static string KindOf(JobFile? model)
    {
        if (model is null)
        {
            return "";
        }

        try
        {
            return ModelArtifact.Parse(model.Content).Kind;
        }
        catch (ArtifactFormatException)
        {
            return "";
        }
    }
}
