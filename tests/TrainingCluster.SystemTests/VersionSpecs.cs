namespace TrainingCluster.SystemTests;

/// <summary>Listing, finding and verifying what was registered.</summary>
public sealed class VersionSpecs
{
    private const string Job = "ppo/rsi_mean_reversion";

    [Fact]
    public async Task Train_list_has_an_item_for_every_version_and_filters_by_type()
    {
        var run = await UnbrokenRun.GetAsync();

        var all = (await Trainctl.RunAsync("train", "list", "--state", run.State, "-o", "json")).Expect(0).Json();
        var hybrids = (await Trainctl.RunAsync(
            "train", "list", "--model-type", "hybrid", "--state", run.State, "-o", "json")).Expect(0).Json();

        var items = all.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(10, items.Length);
        Assert.Equal(
            run.Result.Jobs.Select(job => RunResult.Text(job, "version")).Order(StringComparer.Ordinal),
            items.Select(item => RunResult.Text(item, "id")).Order(StringComparer.Ordinal));
        Assert.Equal(3, hybrids.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Train_info_finds_a_version_by_each_of_its_names_and_verifies_its_files()
    {
        var run = await UnbrokenRun.GetAsync();
        var full = await InfoAsync(run.State, $"{Job}@1.0.0");

        string[] names =
        [
            Job, $"{Job}@latest", $"{Job}@1", RunResult.Text(full, "displayName"),
            $"sha256:{RunResult.Text(full, "sha256")[..12]}",
        ];

        Assert.Equal("ok", RunResult.Text(full, "integrity"));
        Assert.Equal(run.Result.Digest(Job, "model"), RunResult.Text(full.GetProperty("artifacts").EnumerateArray()
            .Single(file => RunResult.Text(file, "role") == "model"), "sha256"));
        Assert.Contains(full.GetProperty("lineage").GetProperty("edges").EnumerateArray(),
            edge => RunResult.Text(edge, "target") == "cnn_lstm/rsi_mean_reversion@1.0.0");
        Assert.Equal(RunResult.Text(run.Result.Document, "dataDigest"),
            RunResult.Text(full.GetProperty("lineage"), "dataDigest"));
        foreach (var name in names)
        {
            Assert.Equal($"{Job}@1.0.0", RunResult.Text(await InfoAsync(run.State, name), "id"));
        }
    }

    [Fact]
    public async Task A_name_that_nothing_or_several_things_go_by_ends_with_3_and_says_where_to_look()
    {
        var run = await UnbrokenRun.GetAsync();

        (await Trainctl.RunAsync("train", "info", "ppo/nobody", "--state", run.State))
            .ExpectError(3, "ppo/nobody", "trainctl train list");
        (await Trainctl.RunAsync("train", "info", "ppo/", "--state", run.State))
            .ExpectError(3, "'ppo/'", "ppo/atr_breakout@1.0.0", "ppo/macd_momentum@1.0.0");
        (await Trainctl.RunAsync("runs", "show", "v_1999", "--state", run.State))
            .ExpectError(3, "v_1999", "trainctl runs list");
    }

    [Fact]
    public async Task One_changed_bit_of_an_artifact_is_found_by_whatever_loads_it()
    {
        using var folder = new StateFolder();
        var run = await UnbrokenRun.GetAsync();
        var state = folder.CopyOf(run.State);
        var digest = run.Result.Digest("cnn_lstm/rsi_mean_reversion", "oof");

        var file = ArtifactFiles.Flip(state, digest);

        (await Trainctl.RunAsync("train", "info", "cnn_lstm/rsi_mean_reversion", "--state", state))
            .ExpectError(5, digest, file);
        foreach (var stage in new[] { "ppo", "hybrid" })
        {
            (await Trainctl.RunAsync(
                "train", stage, UnbrokenRun.Bars, "--strategies", "rsi_mean_reversion", "--state", state))
                .ExpectError(5, digest, file);
        }

        (await Trainctl.RunAsync("train", "info", "cnn_lstm/atr_breakout", "--state", state)).Expect(0);
        Assert.Single(Directory.GetDirectories(Path.Combine(state, "runs")));
    }

    [Fact]
    public async Task A_lost_artifact_is_named_with_the_code_of_a_failed_check()
    {
        using var folder = new StateFolder();
        var run = await UnbrokenRun.GetAsync();
        var state = folder.CopyOf(run.State);
        var digest = run.Result.Digest("ensemble/main", "model");

        File.Delete(ArtifactFiles.Of(state, digest));

        (await Trainctl.RunAsync("train", "info", "ensemble/main", "--state", state)).ExpectError(5, digest);
    }

    private static async Task<System.Text.Json.JsonElement> InfoAsync(string state, string name) =>
        (await Trainctl.RunAsync("train", "info", name, "--state", state, "-o", "json")).Expect(0).Json();
}
