using System.Text.RegularExpressions;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.ClusterTests.Api;

public sealed class MetricsSpecs
{
    [Fact]
    public async Task The_figures_of_a_run_are_told_by_kind_and_state_and_never_by_run_or_job()
    {
        var failures = 0;
        await using var api = await ApiHome.StartAsync(new FakeRunner((_, _) =>
            Interlocked.Increment(ref failures) == 1 ? throw new IOException("the disk is full") : Task.CompletedTask));
        await api.PutBarsAsync();
        var run = await api.SubmitAsync(Market.Encoders("macd_momentum", "atr_breakout"));
        await api.Host.WaitAsync(RunId.Parse(run)).Within("the run");

        var text = await api.Http.GetStringAsync("/metrics");

        Assert.Contains("training_cluster_up 1\n", text);
        Assert.Contains("training_cluster_node{trainctl_cluster_node_state=\"up\"} 1\n", text);
        Assert.Contains("training_cluster_slot{trainctl_cluster_slot_state=\"free\"} 2\n", text);
        Assert.Contains("training_job_active{trainctl_job_state=\"running\"} 0\n", text);
        Assert.Contains("training_registry_version 2\n", text);
        Assert.Contains(
            "training_job_duration_seconds_count{outcome=\"succeeded\",trainctl_job_kind=\"cnn_lstm\"} 2\n", text);
        Assert.Contains("training_job_restart_total{reason=\"failure\",trainctl_job_kind=\"cnn_lstm\"} 1\n", text);
        Assert.DoesNotContain("v_20", text);
        Assert.DoesNotContain("macd_momentum", text);
    }

    [Fact]
    public async Task Each_line_is_one_that_prometheus_reads()
    {
        await using var api = await ApiHome.StartAsync();
        await api.Http.GetStringAsync("/metrics");

        var lines = (await api.Http.GetStringAsync("/metrics")).TrimEnd('\n').Split('\n');

        Assert.True(lines.Length > 20, "there are few figures");
        Assert.All(lines, line => Assert.Matches(
            @"^(# (HELP|TYPE) [a-z_][a-z0-9_]* .*"
                + @"|[a-z_][a-z0-9_]*(\{[a-z_][a-z0-9_]*=""[^""]*""(,[a-z_][a-z0-9_]*=""[^""]*"")*\})? \S+)$",
            line));
        Assert.Contains(lines, line => line.StartsWith(
            "http_server_request_duration_seconds_bucket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_alert_rules_ask_only_for_figures_that_there_are()
    {
        await using var api = await ApiHome.StartAsync();
        await api.PutBarsAsync();
        var run = await api.SubmitAsync(Market.Encoders("macd_momentum"));
        await api.Host.WaitAsync(RunId.Parse(run)).Within("the run");
        var told = await api.Http.GetStringAsync("/metrics");
        var rules = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "alerts", "training.rules.yaml"));

        var asked = Regex.Matches(rules, @"training_[a-z_]+").Select(match => match.Value).Distinct().ToArray();

        Assert.NotEmpty(asked);
        // Counters of faults appear with the first fault.
        Assert.All(asked.Except(["training_job_restart_total", "training_registry_verify_failure_total"]),
            name => Assert.Contains($"# TYPE {name} ", told));
        var operations = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"));
        Assert.All(Regex.Matches(rules, @"operations\.md#([a-z-]+)").Select(match => match.Groups[1].Value), anchor =>
            Assert.Contains(operations.Split('\n'), line => line.StartsWith('#')
                && line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-').Replace(",", "") == anchor));
    }
}
