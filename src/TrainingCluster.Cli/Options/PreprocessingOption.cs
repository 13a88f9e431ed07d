using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Options;

/// <summary>Which preprocessing a run's models are fitted by.</summary>
internal static class PreprocessingOption
{
    private static readonly ImmutableArray<string> Scalings = ["robust", "standard", "minmax"];

    public static Option<string?> Create() => new("--preprocessing")
    {
        Description = "Scaling of the standard templates (robust by default, standard, minmax), or a JSON file of "
            + "templates; 'trainctl data pipeline' lists the standard ones",
        HelpName = "NAME|FILE",
    };

    /// <summary>The templates that stand in for the standard ones; none where nothing is asked for.</summary>
    /// <param name="flag">What the flag asks for; null leaves it to the setting.</param>
    /// <param name="setting">What <c>training.preprocessing</c> says. It is for every run, so that templates of a file
    /// that this one does not fit are left out; with the flag they are an error.</param>
    /// <param name="stages">That are trained.</param>
    /// <param name="agents">That are trained in the agents' stage.</param>
    public static ImmutableArray<PipelineTemplate> Templates(
        string? flag, string setting, ImmutableArray<Stage> stages, ImmutableArray<string> agents)
    {
        var (name, text) = flag is null ? ("training.preprocessing", setting) : ("--preprocessing", flag);
        if (text is "robust")
        {
            return [];
        }

        string[] types =
        [
            .. stages.Contains(Stage.CnnLstm) ? [Stages.TypeName(Stage.CnnLstm)] : Array.Empty<string>(),
            .. stages.Contains(Stage.Agent) ? agents : [],
        ];
        if (Scalings.Contains(text))
        {
            return
            [
                .. types.Select(ModelPipelines.Standard).OfType<PipelineTemplate>().Select(one => one.ScaledBy(text)),
            ];
        }

        var read = File.Exists(text) ? Read(text) : throw new UserErrorException(new UserError(
            ExitCode.Usage, "preprocessing.unknown",
            $"{name} is '{text}'; it must be one of {string.Join(", ", Scalings)} or a file that exists"));
        return flag is null ? [.. read.Where(one => types.Contains(one.ModelType))] : read;
    }

    /// <exception cref="UserErrorException">The file holds no templates.</exception>
    public static ImmutableArray<PipelineTemplate> Read(string file)
    {
        try
        {
            return TemplateFile.Read(file);
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException(new UserError(ExitCode.Usage, "preprocessing.file", wrong.Message)
            {
                Hints =
                [
                    """{"modelType": "cnn_lstm", "version": 1, "window": 60, "steps": ["features", "scale"]}""",
                    "trainctl data pipeline lists the standard templates",
                ],
            });
        }
    }
}
