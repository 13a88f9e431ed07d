using System.CommandLine;
using Spectre.Console;
using TrainingCluster.Cli.Commands.Backtests;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Registry.Views;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>`trainctl train info ID`: one version, after every one of its artifacts was compared with its
/// sha-256.</summary>
internal static class TrainInfoCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "A version; see: trainctl help versions" };
        var command = new Command("info", "Show one version and verify its artifacts") { id };
        command.SetAction(parsed =>
        {
            var state = StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName);
            var (version, warning) = Resolve(state.Registry(), parsed.GetRequiredValue(id));
            if (warning is not null)
            {
                context.Console.Error.WriteLine($"warning: {warning}");
            }

            foreach (var file in version.Files)
            {
                // Loading compares the bytes with the digest and throws where they differ.
                state.Artifacts.Get(file.Digest);
            }

            var evidence = Evidence(state, version);
            var document = VersionDocument.Of(version, "ok") with
            {
                Evidence = evidence.Value is { } known ? EvidenceDocument.Of(known.Track) : null,
                Field = evidence.Value is { } study ? FieldDocument.Of(study.Field) : null,
                EvidenceNotComputed = evidence.Missing,
            };
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, document);
            }
            else
            {
                Write(context.Console.OutAnsi, document);
                if (evidence.IsKnown)
                {
                    EvidenceTables.Write(context.Console.OutAnsi, evidence.Value.Track, evidence.Value.Field);
                }
                else
                {
                    context.Console.Out.WriteLine($"evidence: not computed: {evidence.Missing}");
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The one version that a text names.</summary>
    /// <exception cref="UserErrorException">None or several do; the several are listed.</exception>
    public static (ModelVersion Version, string? Warning) Resolve(RegistryState registry, string text) =>
        VersionQuery.Resolve(registry, text) switch
        {
            VersionFound found => (found.Version, found.Warning),
            VersionAmbiguous ambiguous => throw new UserErrorException(
                new UserError(ExitCode.NotFound, "registry.version.ambiguous", $"'{text}' names several versions")
                {
                    Details = [.. ambiguous.Candidates.Select(candidate => candidate.ToString())],
                }),
            VersionUnknown unknown => throw new UserErrorException(
                new UserError(ExitCode.NotFound, "registry.version.unknown", unknown.Reason)
                {
                    Hints = ["trainctl train list"],
                }),
            var other => throw new InvalidOperationException($"an answer of type {other.GetType().Name} is unknown"),
        };

    /// <summary>At the costs of the run that trained it.</summary>
    private static Computed<StudyEvidence> Evidence(StateReader state, ModelVersion version)
    {
        if (ModelStudy.Evaluation(state.Artifacts, version) is not { } evaluation)
        {
            return Computed.Not<StudyEvidence>("the version has no stored decisions");
        }

        var run = state.Runs().FirstOrDefault(one => one.Id.Text == version.RunId);
        var account = new AccountOptions { Costs = run?.Spec.Costs ?? new CostModel() };
        var study = new ModelStudy(
            state.Artifacts, version, evaluation, account, version.Seed.For("evidence")).OnItsOwn();
        return Computed.Of<StudyEvidence>(StudyEvidence.Of(
            study, state.Registry().Trials.Population(version.Lineage.Data), version.Seed.For("evidence")));
    }

    private static void Write(IAnsiConsole console, VersionDocument version)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        void Row(string name, string value) => grid.AddRow($"[grey]{name}[/]", Markup.Escape(value));
        Row("version", version.Id);
        Row("grade", version.Grade ?? $"ungraded: {version.UngradedReason}");
        if (version.Agent is { } agent)
        {
            Row("agent", agent);
        }

        Row("display name", version.DisplayName);
        Row("sha-256", version.Sha256);
        foreach (var file in version.Artifacts)
        {
            Row($"file {file.Role}", $"{file.Sha256} ({file.SizeBytes:N0} bytes, verified)");
        }

        foreach (var (name, value) in version.Metrics)
        {
            Row(name, TextFormat.Number(value, "0.####"));
        }

        Row("data", $"{version.Lineage.DataName} {version.Lineage.DataDigest}");
        foreach (var edge in version.Lineage.Edges)
        {
            Row(edge.Relation, $"{edge.Target} {edge.Sha256[..12]}");
        }

        Row("run", version.RunId);
        Row("job", version.JobId);
        Row("seed", version.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Row("created", TextFormat.Time(version.CreatedAt));
        console.Write(grid);
    }
}
