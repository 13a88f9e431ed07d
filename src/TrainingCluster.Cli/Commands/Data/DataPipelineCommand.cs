using System.CommandLine;
using TrainingCluster.Cli.Commands.Preprocessors;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Store;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data pipeline`: the templates; `-r` makes data sets from bars, `--validate` says whether a file
/// can be trained on, or read by a model.</summary>
internal sealed class DataPipelineCommand
{
    private readonly CommandContext _context;
    private readonly DataFile _file;
    private readonly Option<bool> _run = new("--run", "-r")
    {
        Description = "Make a data set: checked bars, the transformed table, the fitted pipeline; without FILE one of "
            + "each stored series",
    };

    private readonly Option<bool> _validate = new("--validate")
    {
        Description = "Say whether the file can be trained on, or read by a model; exit code 5 where it cannot",
    };

    private readonly Option<string> _template = new("--template")
    {
        Description = "Model type or JSON file of the template to use or show",
        HelpName = "TYPE|FILE",
        DefaultValueFactory = _ => "cnn_lstm",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "Version whose own pipelines to use instead of a template",
        HelpName = "REF",
    };

    private readonly Option<DirectoryInfo> _folder = new("--out")
    {
        Description = "Folder of the data sets",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
    };

    private DataPipelineCommand(CommandContext context, Command command)
    {
        _context = context;
        _file = new DataFile(command, optional: true);
        foreach (var option in new Option[] { _run, _validate, _template, _model, _folder })
        {
            command.Options.Add(option);
        }

        command.SetAction(Carry);
    }

    public static Command Create(CommandContext context)
    {
        var command = new Command("pipeline", "Prepare data sets with -r, check files with --validate, or list the "
            + "preprocessing templates");
        _ = new DataPipelineCommand(context, command);
        return command;
    }

    private int Carry(ParseResult parsed)
    {
        var json = parsed.GetValue(CommonOptions.Output) == OutputFormat.Json;
        switch (parsed.GetValue(_run), parsed.GetValue(_validate), _file.IsGiven(parsed))
        {
            case (true, true, _):
                throw DataFile.Wrong("-r and --validate are two commands; give one of them");
            case (false, false, true):
                throw DataFile.Wrong(
                    $"say what to do with {_file.PathOf(parsed)}: -r prepares it, --validate checks it");
            case (false, true, false):
                throw DataFile.Wrong("--validate needs a file of bars: trainctl data pipeline --validate FILE");
            case (false, true, true):
                return Validate(parsed, json);
            case (true, _, true):
                Prepare(parsed, [Checked(parsed)], json);
                return ExitCode.Success;
            case (true, _, false):
                Prepare(parsed, Stored(parsed), json);
                return ExitCode.Success;
            default:
                PreprocessorsShowCommand.WriteAll(
                    _context.Console.Out,
                    [.. Templates(parsed).Select(PipelineView.Of)], json);
                return ExitCode.Success;
        }
    }

    private int Validate(ParseResult parsed, bool json)
    {
        var verdict = BatchGate.Judge(_file.Read(parsed), Batch(parsed));
        var validation = FileValidation.Of(_file.PathOf(parsed), verdict, Template(parsed), Saved(parsed));
        if (json)
        {
            JsonOutput.Write(_context.Console.Out, validation);
        }
        else
        {
            validation.Write(_context.Console.Out);
        }

        return validation.Passed ? ExitCode.Success : ExitCode.CheckFailed;
    }

    private void Prepare(ParseResult parsed, IReadOnlyList<BatchedBars> sources, bool json)
    {
        var saved = Saved(parsed);
        // All are fitted before the first is written: what is wrong leaves nothing behind.
        var prepared = sources.Select(source => PreparedSet.Of(source, Template(parsed), saved)).ToArray();
        foreach (var set in prepared)
        {
            set.Write(parsed.GetRequiredValue(_folder).FullName);
        }

        if (json)
        {
            JsonOutput.WriteList(_context.Console.Out, [.. prepared.Select(set => set.Document)]);
            return;
        }

        foreach (var set in prepared)
        {
            _context.Console.Out.WriteLine(set.Document.ToString());
        }
    }

    private BatchedBars Checked(ParseResult parsed)
    {
        var verdict = BatchGate.Judge(_file.Read(parsed), Batch(parsed));
        return verdict.Bars is { } bars
            ? new BatchedBars(_file.PathOf(parsed), bars, verdict.Repairs.Total)
            : throw new UserErrorException(new UserError(
                ExitCode.CheckFailed, "data.not_passed", $"{_file.PathOf(parsed)} may not be used")
            {
                Details = [.. verdict.Reasons],
                Hints = [$"trainctl data check {_file.PathOf(parsed)}"],
            });
    }

    private BatchedBars[] Stored(ParseResult parsed)
    {
        var folder = Path.Combine(PipelineReference.StateOf(parsed), "data");
        var store = Directory.Exists(folder) ? new BarStore(folder, _context.Clock) : null;
        BatchedBars[] found =
        [
            .. (store?.List() ?? []).Select(row => store!.Open(row.Key) is { } bars
                ? new BatchedBars(row.Key.ToString(), bars, 0)
                : null).OfType<BatchedBars>(),
        ];
        return found.Length > 0 ? found : throw new UserErrorException(new UserError(
            ExitCode.NotFound, "data.none_stored", "there are no stored bars to prepare")
        {
            Hints = ["store some with: trainctl data import FILE", "or name a file: trainctl data pipeline -r FILE"],
        });
    }

    private BatchOptions Batch(ParseResult parsed) => new() { Quality = _file.Quality(parsed, _context.Clock) };

    private ModelPipeline[]? Saved(ParseResult parsed) => parsed.GetValue(_model) is { } reference
        ? PipelineReference.OfModel(PipelineReference.StateOf(parsed), reference)
        : null;

    private PipelineTemplate Template(ParseResult parsed) => Templates(parsed, one: true) is [var only]
        ? only
        : throw DataFile.Wrong($"{parsed.GetValue(_template)} holds several templates; name a file with one");

    /// <summary>All where none was asked for, unless one is needed.</summary>
    private IReadOnlyList<PipelineTemplate> Templates(ParseResult parsed, bool one = false)
    {
        var text = parsed.GetRequiredValue(_template);
        var isAsked = one || parsed.GetResult(_template) is { Implicit: false };
        return !isAsked ? PipelineTemplate.Standard
            : File.Exists(text) ? PreprocessingOption.Read(text)
            : ModelPipelines.Standard(text.Replace('-', '_')) is { } template ? [template]
            : throw DataFile.Wrong($"there is no template '{text}' and no such file; there are "
                + string.Join(", ", PipelineTemplate.Standard.Select(known => known.ModelType)));
    }
}
