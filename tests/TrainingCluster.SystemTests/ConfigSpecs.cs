using System.Text.Json;

namespace TrainingCluster.SystemTests;

/// <summary>Where settings come from, and what helps to find them.</summary>
public sealed class ConfigSpecs
{
    private const string Key = "training.node.slots";

    [Fact]
    public async Task Without_anything_said_every_setting_comes_from_the_reference()
    {
        using var folder = new StateFolder();

        var settings = await ShowAsync(new Surroundings { Folder = folder.Path });

        Assert.Contains(settings, setting => RunResult.Text(setting, "key") == Key);
        Assert.All(settings, setting => Assert.Equal("reference.conf", RunResult.Text(setting, "origin")));
    }

    [Fact]
    public async Task The_environment_wins_over_the_project_file_and_the_file_over_the_reference()
    {
        using var folder = new StateFolder();
        var file = folder.File("training.conf", "training.node.slots = 3\ntraining.worker.stop-timeout = 20s\n");
        var surroundings = Surroundings.With("TRAINING__NODE__SLOTS", "2") with { Folder = folder.Path };

        var settings = await ShowAsync(surroundings);

        Assert.Equal(("2", "environment TRAINING__NODE__SLOTS"), Of(settings, Key));
        Assert.Equal(("20s", file), Of(settings, "training.worker.stop-timeout"));
        Assert.Equal("reference.conf", Of(settings, "training.worker.progress-interval").Origin);
    }

    [Fact]
    public async Task A_flag_wins_over_the_environment()
    {
        using var folder = new StateFolder();
        var surroundings = Surroundings.With("TRAINING__NODE__SLOTS", "1");

        var outcome = await Trainctl.RunAsync(
            surroundings, "train", "pipeline", UnbrokenRun.Bars, "--slots", "5000", "--state", folder.State);

        outcome.ExpectError(2, Key, "5000");
    }

    [Theory]
    [InlineData("TRAINING__NODE__SLOT", "training.node.slots")]
    [InlineData("TRAINING__WORKER__STOP_TIMOUT", "training.worker.stop-timeout")]
    public async Task An_unknown_setting_is_refused_with_the_nearest_one(string variable, string nearest)
    {
        var outcome = await Trainctl.RunAsync(Surroundings.With(variable, "1"), "config", "show");

        outcome.ExpectError(2, variable, $"did you mean {nearest}?");
    }

    [Fact]
    public async Task A_value_out_of_range_stops_training_before_anything_is_made()
    {
        using var folder = new StateFolder();

        var outcome = await Trainctl.RunAsync(Surroundings.With("TRAINING__WORKER__STOP_TIMEOUT", "soon"),
            "train", "pipeline", UnbrokenRun.Bars, "--state", folder.State);

        outcome.ExpectError(2, "training.worker.stop-timeout", "soon", "1s to 10m");
        Assert.False(Path.Exists(folder.State));
    }

    [Fact]
    public async Task Help_on_exit_codes_names_each_of_them()
    {
        var help = (await Trainctl.RunAsync("help", "exit-codes")).Expect(0);

        Assert.Equal("", help.Error);
        foreach (var code in new[] { 0, 1, 2, 3, 4, 5, 6, 9, 130, 143 })
        {
            Assert.Matches($@"(?m)^\s*{code} +\S", help.Output);
        }
    }

    private static async Task<JsonElement[]> ShowAsync(Surroundings surroundings)
    {
        var shown = await Trainctl.RunAsync(surroundings, "config", "show", "--origin", "-o", "json");
        return [.. shown.Expect(0).Json().GetProperty("items").EnumerateArray()];
    }

    private static (string Value, string Origin) Of(JsonElement[] settings, string key)
    {
        var setting = settings.Single(setting => RunResult.Text(setting, "key") == key);
        return (RunResult.Text(setting, "value"), RunResult.Text(setting, "origin"));
    }
}
