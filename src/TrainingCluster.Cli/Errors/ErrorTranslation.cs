using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Splits;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources.PlugIns;
using TrainingCluster.MarketData.Store;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Node.Configuration;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Declared;
using TrainingCluster.Training.Inputs;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Errors;

/// <summary>What each known exception means to a person, and which exit code it ends the program with.</summary>
internal static class ErrorTranslation
{
    public static UserError Of(Exception exception) => exception switch
    {
        UserErrorException user => user.Error,
        AggregateException { InnerExceptions: [var only] } => Of(only),
        BarDataException data => new UserError(ExitCode.Usage, "data.violations", data.Message),
        BarPanelException panel => new UserError(ExitCode.Usage, "data.panel", panel.Message),
        InsufficientDataException few => new UserError(ExitCode.Usage, "data.too_few_bars", few.Message),
        RunSpecException spec => new UserError(ExitCode.Usage, "run.spec", spec.Message),
        StrategyDefinitionException strategy => new UserError(ExitCode.Usage, "strategy.invalid", strategy.Message),
        UnknownStrategyException strategy => new UserError(ExitCode.Usage, "strategy.unknown", strategy.Message),
        SettingsException settings => new UserError(ExitCode.Usage, "config.invalid", settings.Message)
        {
            Hints = ["trainctl config show --origin lists every setting"],
        },
        TrainingOptionsException options => new UserError(ExitCode.Usage, "config.range", options.Message),
        PlugInException plugIn => new UserError(ExitCode.Usage, "data.plug_in", plugIn.Message)
        {
            Hints = ["docs/sources.md says what a plug-in is"],
        },
        BarFileCorruptException damaged => new UserError(ExitCode.CheckFailed, "data.damaged", damaged.Message)
        {
            Hints = ["trainctl data update fetches them again; trainctl data import reads a file again"],
        },
        InputSelectionException inputs => new UserError(ExitCode.NotFound, "run.inputs", inputs.Message)
        {
            Hints = ["trainctl train list"],
        },
        StateDirectoryException state => OfState(state),
        JournalCorruptException journal => new UserError(ExitCode.CheckFailed, "journal.corrupt", journal.Message),
        ArtifactCorruptException corrupt => new UserError(ExitCode.CheckFailed, "artifact.corrupt", corrupt.Message),
        ArtifactMissingException missing => new UserError(ExitCode.CheckFailed, "artifact.missing", missing.Message),
        ArtifactFormatException format => new UserError(ExitCode.CheckFailed, "artifact.format", format.Message),
        BarArtifactException bars => new UserError(ExitCode.CheckFailed, "artifact.bars", bars.Message),
        RequestRefusedException refused => new UserError(
            refused.Code.StartsWith("unknown", StringComparison.Ordinal) ? ExitCode.NotFound : ExitCode.Conflict,
            $"run.{refused.Code}", refused.Message),
        Cluster.Stores.StoreBackupException backup =>
            new UserError(ExitCode.Conflict, "store.backup", backup.Message),
        Api.Security.ApiTokenException token => new UserError(ExitCode.Usage, "config.token_file", token.Message),
        NoAnswerException silent => new UserError(ExitCode.Failed, "cluster.no_answer", silent.Message),
        StoreRefusedException store => new UserError(ExitCode.Failed, "store.refused", store.Message),
        NodeRefusedException node => new UserError(ExitCode.Conflict, "node.refused", node.Message),
        PreprocessingException template =>
            new UserError(ExitCode.Usage, "preprocessing.invalid", template.Message),
        FeatureSchemaException schema => new UserError(ExitCode.CheckFailed, "features.schema", schema.Message),
        PreprocessorMismatchException mismatch =>
            new UserError(ExitCode.CheckFailed, "preprocessor.mismatch", mismatch.Message),
        TensorEngineMissingException engine => new UserError(ExitCode.Failed, "engine.missing", engine.Message),
        FileNotFoundException file => new UserError(ExitCode.Usage, "file.missing", file.Message),
        UnauthorizedAccessException access => new UserError(ExitCode.Permission, "file.permission", access.Message),
        IOException io => new UserError(ExitCode.Failed, "file.io", io.Message),
        OperationCanceledException => new UserError(ExitCode.Interrupted, "cli.interrupted", "interrupted"),
        _ => new UserError(ExitCode.Failed, "internal", $"unexpected {exception.GetType().Name}: {exception.Message}")
        {
            Hints = ["run the same command with --debug to see where it happened"],
        },
    };

    private static UserError OfState(StateDirectoryException state) => state.Problem switch
    {
        StateDirectoryProblem.Missing => new UserError(ExitCode.NotFound, "state.missing", state.Message),
        StateDirectoryProblem.Foreign => new UserError(ExitCode.Usage, "state.foreign", state.Message),
        StateDirectoryProblem.Newer => new UserError(ExitCode.Conflict, "state.newer", state.Message),
        StateDirectoryProblem.InUse => new UserError(ExitCode.Conflict, "state.in_use", state.Message),
        _ => new UserError(ExitCode.Permission, "state.unwritable", state.Message),
    };
}
