using System.Globalization;
using System.Text;

namespace TrainingCluster.SystemTests;

/// <summary>Wrong words and wrong data: a clear error, and nothing left behind.</summary>
public sealed class BadInputSpecs
{
    private const string Header = "Date,Open,High,Low,Close,Volume";

    public static TheoryData<string, string, string[]> BadFiles => new()
    {
        { "empty.csv", "", ["empty"] },
        { "header.csv", Header + "\n", ["bars"] },
        { "columns.csv", "when,what\n1,2\n", ["line 1", "date", "open", "high", "low", "close", "'when'", "'what'"] },
        { "word.csv", Csv(600, price: "n/a"), ["line 11", "Close", "'n/a'"] },
        { "hole.csv", Csv(600, price: ""), ["line 11", "Close"] },
        { "few.csv", Csv(200), ["200 bars", "at least"] },
        { "packed.csv.gz", "no gzip at all", ["packed.csv.gz"] },
    };

    public static TheoryData<string[], int, string[]> BadWords => new()
    {
        { ["--strategies", "rsi_mean_reversion,moon_phase"], 2,
            ["moon_phase", "atr_breakout", "rsi_mean_reversion", "macd_momentum"] },
        { ["--strategies", "rsi_mean_reversion,rsi_mean_reversion"], 2, ["rsi_mean_reversion", "name it once"] },
        { ["--stages", "cnn-lstm,dreaming"], 2, ["dreaming", "cnn-lstm, ppo, hybrid, ensemble"] },
        { ["--agents", "sarsa"], 2, ["sarsa", "ppo"] },
        { ["--agents", "deep_scalper,ppo"], 2, ["deep_scalper", "did you mean 'deepscalper'?"] },
        { ["--agents", "dqn,ppo,dqn"], 2, ["dqn", "2 times"] },
        { ["--agents", ""], 2, ["--agents names no agent", "td3"] },
        { ["--budget", "-1"], 2, ["--budget", "'-1'", "quick, standard or full"] },
        { ["--budget", "huge"], 2, ["--budget", "'huge'", "quick, standard or full"] },
        { ["--seed", "-7"], 2, ["--seed", "'-7'", "whole number"] },
        { ["--seed", "lucky"], 2, ["--seed", "'lucky'", "whole number"] },
        { ["--fee", "-0.1"], 2, ["fee", "-0.1"] },
        { ["--fee", "NaN"], 2, ["fee", "NaN"] },
        { ["--slots", "0"], 2, ["slots", "0", "1 to 1024"] },
        { ["--job-timeout", "-5"], 2, ["timeout", "longer than zero"] },
        { ["--from", "tomorrow"], 2, ["--from", "'tomorrow'"] },
        { ["--from", "2030-01-01"], 2, ["from 2030-01-01", "2018-05-11"] },
        { ["--from", "2018-01-01"], 2, ["bars", "at least"] },
        { ["--seeed", "7"], 2, ["--seeed", "did you mean '--seed'?"] },
        { ["--output", "yaml"], 2, ["yaml"] },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_file_that_cannot_be_trained_on_is_refused_with_the_place_and_the_rule(
        string name, string content, string[] words)
    {
        using var folder = new StateFolder();
        var file = folder.File(name, content);

        var outcome = await Trainctl.RunAsync("train", "pipeline", file, "--state", folder.State);

        outcome.ExpectError(2, words);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [MemberData(nameof(BadWords))]
    public async Task Words_that_make_no_sense_are_refused_with_those_that_would(
        string[] arguments, int exitCode, string[] words)
    {
        using var folder = new StateFolder();

        var outcome = await Trainctl.RunAsync(
            ["train", "pipeline", UnbrokenRun.Bars, "--state", folder.State, .. arguments]);

        outcome.ExpectError(exitCode, words);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_missing_file_is_named_and_nothing_is_made()
    {
        using var folder = new StateFolder();

        var outcome = await Trainctl.RunAsync(
            "train", "pipeline", folder.Folder("none.csv"), "--state", folder.State);

        outcome.ExpectError(2, folder.Folder("none.csv"), "samples/");
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Without_a_state_option_a_refused_run_makes_no_directory_where_it_was_typed()
    {
        using var folder = new StateFolder();
        var surroundings = new Surroundings { Folder = folder.Path };

        var outcome = await Trainctl.RunAsync(surroundings, "train", "pipeline", "none.csv");

        outcome.ExpectError(2, "none.csv");
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_mistyped_command_is_answered_with_the_nearest_one()
    {
        var outcome = await Trainctl.RunAsync("trian", "list");

        outcome.ExpectError(2, "trian", "did you mean 'train'?");
    }

    [Theory]
    [InlineData("few.csv", "data.too_few_bars")]
    [InlineData("word.csv", "data.violations")]
    public async Task In_json_a_problem_is_one_document_on_standard_error(string name, string code)
    {
        using var folder = new StateFolder();
        var file = folder.File(name, name == "few.csv" ? Csv(200) : Csv(600, price: "n/a"));

        var outcome = await Trainctl.RunAsync("train", "pipeline", file, "--state", folder.State, "-o", "json");

        var problem = outcome.ExpectError(2).Problem();
        Assert.Equal(code, RunResult.Text(problem, "code"));
        Assert.Equal(2, problem.GetProperty("exitCode").GetInt32());
        Assert.NotEqual("", RunResult.Text(problem, "title"));
    }

    [Fact]
    public async Task All_violations_of_a_file_are_told_at_once()
    {
        using var folder = new StateFolder();
        var lines = Csv(600).Split('\n');
        lines[20] = lines[20].Replace(",100.5,", ",-,", StringComparison.Ordinal);
        lines[40] = lines[40].Replace(",100.5,", ",x,", StringComparison.Ordinal);
        var file = folder.File("two.csv", string.Join('\n', lines));

        var outcome = await Trainctl.RunAsync("train", "pipeline", file, "--state", folder.State);

        outcome.ExpectError(2, "line 21", "line 41");
    }

    [Fact]
    public async Task As_many_bars_as_the_error_asks_for_are_enough()
    {
        using var folder = new StateFolder();
        var few = await Trainctl.RunAsync(
            "train", "cnn-lstm", folder.File("few.csv", Csv(200)), "--state", folder.State);
        var needed = int.Parse(
            few.ExpectError(2).Error.Split("at least ")[1].Split(' ')[0], CultureInfo.InvariantCulture);

        var lacking = await Trainctl.RunAsync(
            "train", "cnn-lstm", folder.File("lacking.csv", Csv(needed - 1)), "--state", folder.State);
        var enough = await Trainctl.RunAsync(
            "train", "cnn-lstm", folder.File("enough.csv", Csv(needed)), "--state", folder.State, "-o", "json");

        lacking.ExpectError(2, $"at least {needed} are needed");
        Assert.Equal("succeeded", new RunResult(enough.Expect(0).Json()).Status);
    }

    [Fact]
    public async Task Without_the_tensor_engine_training_says_what_to_install_and_makes_nothing()
    {
        using var folder = new StateFolder();
        var program = folder.Folder("program");
        Directory.CreateDirectory(program);
        foreach (var file in new DirectoryInfo(Trainctl.ProgramFolder).EnumerateFiles())
        {
            if (file.Name != "libtorch_slim.so")
            {
                file.CopyTo(Path.Combine(program, file.Name));
            }
        }

        CopyNatives(program);
        var surroundings = new Surroundings { Program = program };

        var train = await Trainctl.RunAsync(
            surroundings, "train", "pipeline", UnbrokenRun.Bars, "--state", folder.State);
        var listed = await Trainctl.RunAsync(
            surroundings, "train", "list", "--state", (await UnbrokenRun.GetAsync()).State, "-o", "json");

        train.ExpectError(1, "libtorch-dev libopenblas0-pthread");
        Assert.False(Path.Exists(folder.State));
        Assert.Equal(10, listed.Expect(0).Json().GetProperty("items").GetArrayLength());
    }

    private static void CopyNatives(string program)
    {
        var natives = new DirectoryInfo(Path.Combine(Trainctl.ProgramFolder, "runtimes"));
        if (!natives.Exists)
        {
            return;
        }

        foreach (var file in natives.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(program, Path.GetRelativePath(Trainctl.ProgramFolder, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }
    }

    // A gentle wave, so that every strategy has a direction. Bar i stands in line i + 2.
    private static string Csv(int bars, int? swap = null, int? repeat = null, string? price = null)
    {
        var days = Enumerable.Range(0, bars).ToArray();
        if (swap is { } later)
        {
            (days[later - 1], days[later]) = (days[later], days[later - 1]);
        }

        if (repeat is { } again)
        {
            days[again] = days[again - 1];
        }

        var text = new StringBuilder(Header).Append('\n');
        for (var bar = 0; bar < bars; bar++)
        {
            var day = new DateOnly(2015, 1, 1).AddDays(days[bar]);
            var close = 100 + 8 * Math.Sin(days[bar] / 9.0) + 3 * Math.Sin(days[bar] / 2.3);
            var value = bar == 9 && price is not null
                ? price
                : close.ToString("0.0000", CultureInfo.InvariantCulture);
            var (high, low) = (Math.Max(close, 100.5) + 1, Math.Min(close, 100.5) - 1);
            text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},100.5,{high:0.00},{low:0.00},{value},1000\n");
        }

        return text.ToString();
    }
}
