using System.Text.Json;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Preprocessors;

/// <summary>What a person may name where preprocessing is meant: a template, a file, or a version of a model.</summary>
internal static class PipelineReference
{
    public static PipelineView[] Resolve(string state, string text)
    {
        if (ModelPipelines.Standard(text.Replace('-', '_')) is { } template)
        {
            return [PipelineView.Of(template)];
        }

        return File.Exists(text) ? [.. OfFile(text)]
            : [.. OfModel(state, text).Select(one => PipelineView.Of($"{text} {one.Part}", one.Pipeline.Fitted))];
    }

    /// <summary>The pipelines of the version that a text names.</summary>
    /// <exception cref="UserErrorException">There is no such version.</exception>
    /// <exception cref="ArtifactFormatException">Its preprocessing cannot be read.</exception>
    public static ModelPipeline[] OfModel(string state, string text)
    {
        var reader = StateReader.Open(state);
        var (version, _) = TrainInfoCommand.Resolve(reader.Registry(), text);
        return Of(reader, version) ?? throw new UserErrorException(new UserError(
            ExitCode.CheckFailed, "preprocessing.none", $"{version.Id} has no model file"));
    }

    /// <summary>Null where the version has no model file.</summary>
    public static ModelPipeline[]? Of(StateReader state, ModelVersion version) =>
        version.File(FileRoles.Model) is { } file
            ? [.. StoredPreprocessing.Read(ModelArtifact.Parse(state.Artifacts.Get(file.Digest)), state.Artifacts)]
            : null;

    public static string StateOf(System.CommandLine.ParseResult parsed) =>
        parsed.GetRequiredValue(CommonOptions.State).FullName;

    private static IEnumerable<PipelineView> OfFile(string file)
    {
        try
        {
            return [PipelineView.Of(file, FittedPipeline.FromJson(File.ReadAllBytes(file)))];
        }
        catch (JsonException)
        {
            return PreprocessingOption.Read(file).Select(PipelineView.Of);
        }
    }
}
