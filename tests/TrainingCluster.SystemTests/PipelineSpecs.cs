using System.Text.Json;
using System.Text.RegularExpressions;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.SystemTests;

/// <summary>The main job from one command.</summary>
public sealed partial class PipelineSpecs
{
    private static readonly string[] VoidElements = ["meta", "br", "hr", "img", "input", "link", "col"];

    [Fact]
    public async Task A_pipeline_prints_one_document_with_run_jobs_versions_and_digests()
    {
        var run = await UnbrokenRun.GetAsync();

        var result = run.Result;
        Assert.Equal("succeeded", result.Status);
        Assert.StartsWith("v_", result.Id, StringComparison.Ordinal);
        Assert.Equal(10, result.Jobs.Count);
        foreach (var job in result.Jobs)
        {
            var id = RunResult.Text(job, "id");
            Assert.Equal("succeeded", RunResult.Text(job, "status"));
            Assert.Equal($"{id}@1.0.0", RunResult.Text(job, "version"));
            Assert.Equal(1, job.GetProperty("attempts").GetInt32());
            Assert.Matches("^[0-9a-f]{64}$", result.Digest(id, "model"));
            Assert.Matches("^[0-9a-f]{64}$", result.Digest(id, "evaluation"));
        }

        Assert.Contains(
            result.Document.GetProperty("leaderboard").GetProperty("rows").EnumerateArray(),
            row => RunResult.Text(row, "name").Contains("buy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_leaderboard_says_what_every_figure_is_worth_or_why_it_cannot_be_said()
    {
        var board = (await UnbrokenRun.GetAsync()).Result.Document.GetProperty("leaderboard");

        var rows = board.GetProperty("rows").EnumerateArray().ToArray();
        var chosen = rows.Single(row => row.GetProperty("selected").GetBoolean()).GetProperty("evidence");
        foreach (var name in new[]
        {
            "adjustedSharpeRatio", "probabilisticSharpeRatio", "minimumTrackRecordBars", "deflatedSharpeRatio",
            "effectiveTrials", "trialSharpeVariance", "sharpePerBarLow",
        })
        {
            Assert.True(
                chosen.GetProperty(name).ValueKind == JsonValueKind.Number
                || chosen.GetProperty("notComputed").TryGetProperty(name, out _),
                $"{name} is neither there nor explained");
        }

        Assert.Equal(10, chosen.GetProperty("trials").GetInt32());
        Assert.Equal(4, chosen.GetProperty("costs").GetArrayLength());
        Assert.Equal(4, chosen.GetProperty("regimes").GetArrayLength());
        var field = board.GetProperty("field");
        Assert.Equal(13, field.GetProperty("competitors").GetArrayLength());
        Assert.InRange(field.GetProperty("realityCheckP").GetDouble(), 0, 1);
        Assert.InRange(field.GetProperty("superiorAbility").GetProperty("consistent").GetDouble(), 0, 1);
        Assert.InRange(field.GetProperty("overfitting").GetProperty("probability").GetDouble(), 0, 1);
        Assert.Equal(13, field.GetProperty("pairs").GetArrayLength());
        var weighting = board.GetProperty("ensembleWeighting");
        Assert.NotEqual(JsonValueKind.Null, weighting.GetProperty("dynamic").GetProperty("maxDrawdown").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, weighting.GetProperty("equal").GetProperty("maxDrawdown").ValueKind);
    }

    [Fact]
    public async Task Every_digest_is_the_sha_256_of_a_file_in_the_state_directory()
    {
        var run = await UnbrokenRun.GetAsync();

        foreach (var line in run.Result.Digests())
        {
            var digest = line.Split(' ')[2];
            var file = ArtifactFiles.Of(run.State, digest);
            var actual = Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file)));
            Assert.Equal(digest, actual);
        }
    }

    [Fact]
    public async Task The_same_command_with_another_state_directory_gives_the_same_bytes_of_every_file()
    {
        using var folder = new StateFolder();
        var first = await UnbrokenRun.GetAsync();

        var second = await Trainctl.RunAsync(UnbrokenRun.Arguments(folder.State));

        // All roles are compared: model, out-of-fold outputs and evaluation.
        Assert.Equal(first.Result.Digests(), new RunResult(second.Expect(0).Json()).Digests());
    }

    [Fact]
    public async Task Another_seed_gives_other_bytes_and_fewer_jobs_at_a_time_do_not()
    {
        using var folder = new StateFolder();
        using var other = new StateFolder();
        var first = (await UnbrokenRun.GetAsync()).Result;

        async Task<RunResult> EncoderAsync(string seed, string state) => new((await Trainctl.RunAsync(
            "train", "cnn-lstm", UnbrokenRun.Bars, "--strategies", "macd_momentum", "--slots", "1",
            "--seed", seed, "--state", state, "-o", "json")).Expect(0).Json());
        var same = await EncoderAsync(UnbrokenRun.Seed, folder.State);
        var seeded = await EncoderAsync("8", other.State);

        const string job = "cnn_lstm/macd_momentum";
        Assert.Equal(first.Digests(job), same.Digests());
        foreach (var role in new[] { "model", "oof", "evaluation" })
        {
            Assert.NotEqual(first.Digest(job, role), seeded.Digest(job, role));
        }
    }

    [Fact]
    public async Task The_report_is_one_sound_file_that_needs_nothing_from_elsewhere()
    {
        var run = await UnbrokenRun.GetAsync();

        var html = await File.ReadAllTextAsync(run.Result.Report);

        Assert.StartsWith("<!doctype html>", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(?i)(src|href)\s*=\s*[""']?\s*(https?:)?//", html);
        Assert.DoesNotMatch(@"(?i)url\(\s*[""']?(https?:)?//", html);
        Assert.Equal("", Unbalanced(html));
        Assert.Contains("<svg", html);
        Assert.Contains("train pipeline", html);
        Assert.Contains("--seed 7", html);
        Assert.Contains("ensemble/main@1.0.0", html);
        EvidenceItems.Require(html);
        Assert.Contains(RunResult.Text(run.Result.Document, "dataDigest"), html);
    }

    [Fact]
    public async Task A_report_gives_the_command_without_the_places_of_this_machine()
    {
        var run = await UnbrokenRun.GetAsync();

        var html = await File.ReadAllTextAsync(run.Result.Report);

        Assert.DoesNotContain(run.State, html);
    }

    [Fact]
    public async Task Runs_show_gives_the_outcome_of_each_job_again()
    {
        var run = await UnbrokenRun.GetAsync();

        var shown = await Trainctl.RunAsync("runs", "show", "latest", "--state", run.State, "-o", "json");

        var again = new RunResult(shown.Expect(0).Json());
        Assert.Equal(run.Result.Id, again.Id);
        Assert.Equal("succeeded", again.Status);
        Assert.Equal(run.Result.Digests(), again.Digests());
        Assert.Equal(run.Result.Report, again.Report);
    }

    [Fact]
    public async Task A_run_that_succeeded_cannot_be_resumed()
    {
        var run = await UnbrokenRun.GetAsync();

        var resumed = await Trainctl.RunAsync("train", "resume", run.Result.Id, "--state", run.State);

        resumed.ExpectError(6, run.Result.Id, "nothing to resume");
    }

    // The first element that is closed out of turn, or never; "" where there is none.
    private static string Unbalanced(string html)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tags().Matches(html))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (tag.Groups["end"].Value == "/")
            {
                if (!open.TryPop(out var expected) || expected != name)
                {
                    return $"</{name}> at {tag.Index} where </{expected}> must stand";
                }
            }
            else if (tag.Groups["closed"].Value != "/" && !VoidElements.Contains(name))
            {
                open.Push(name);
            }
        }

        return open.Count == 0 ? "" : $"<{open.Peek()}> is never closed";
    }

    [GeneratedRegex(@"<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*?)?(?<closed>/?)>")]
    private static partial Regex Tags();
}
