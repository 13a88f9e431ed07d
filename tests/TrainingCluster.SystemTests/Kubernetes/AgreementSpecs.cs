using System.Globalization;
using System.Text.RegularExpressions;
using TrainingCluster.Api.Endpoints;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Node.Configuration;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.SystemTests.Kubernetes;

/// <summary>Names, ports, keys and paths in manifests and image are those of the code.</summary>
public sealed partial class AgreementSpecs
{
    private static readonly string[] RoleFiles = ["local", "coordinator", "trainer", "api"];

    private static IEnumerable<(string File, object? Pod)> Nodes => Overlays.Files()
        .Select(entry => (entry.File, Pod: entry.Document.At("spec/template/spec")))
        .Where(entry => entry.File.StartsWith("k8s/base", StringComparison.Ordinal) && entry.Pod is not null);

    [Theory]
    [InlineData("local")]
    [InlineData("coordinator")]
    [InlineData("trainer")]
    [InlineData("api")]
    public void A_role_file_has_only_keys_that_exist_and_values_that_are_allowed(string role)
    {
        var settings = SettingsLoader.LoadForNode(
            Path.GetTempPath(), Repository.PathOf("hocon", role + ".conf"),
            [KeyValuePair.Create("TRAINING__CLUSTER__HOSTNAME", "node-1")], []);

        Assert.Equal("node-1", settings.Effective.GetString("training.cluster.hostname"));
        Assert.Equal(9110, PbmOptions.From(settings.Effective).Port);
        Assert.Equal(8080, ApiOptions.From(settings.Effective).Port);
        TrainingOptions.From(settings.Effective, 1);
        Assert.Equal(
            role == "local" ? StoreNames.Sqlite : StoreNames.PostgreSql,
            settings.Effective.GetString("training.cluster.store.provider-name"));
    }

    [Fact]
    public void The_cluster_is_given_the_role_files_of_the_product()
    {
        foreach (var role in RoleFiles.Where(role => role != "local"))
        {
            Assert.Equal(
                File.ReadAllText(Repository.PathOf("hocon", role + ".conf")),
                File.ReadAllText(Repository.PathOf("k8s", "base", role + ".conf")));
        }

        var files = Yaml.Read(File.ReadAllText(Repository.PathOf("k8s", "base", "kustomization.yaml")))[0]
            .List("configMapGenerator/0/files").Select(file => file!.ToString());
        Assert.Equal(RoleFiles.Where(role => role != "local").Select(role => role + ".conf").Order(), files.Order());
    }

    [Fact]
    public void Every_pod_starts_a_command_that_exists_with_roles_and_files_that_exist()
    {
        foreach (var (file, pod) in Nodes)
        {
            var arguments = pod.List("containers/0/args").Select(word => word!.ToString()!).ToList();
            string Value(string option) => arguments[arguments.IndexOf(option) + 1];

            Assert.Contains(string.Join(' ', arguments[..2]), (string[])["node start", "store migrate"]);
            Assert.Equal("/var/lib/training", Value("--state"));
            var config = Value("--config");
            Assert.Equal("/etc/training", Path.GetDirectoryName(config));
            Assert.Contains(Path.GetFileNameWithoutExtension(config), RoleFiles);
            var mounts = pod.List("containers/0/volumeMounts").Select(mount => mount.Text("mountPath"));
            Assert.Superset(
                new HashSet<string?> { "/etc/training", "/var/lib/training", "/run/secrets/training", "/tmp" },
                mounts.ToHashSet());
            if (arguments[0] == "node")
            {
                Assert.All(Value("--role").Split(','), role => Assert.Contains(role, Roles.All));
                Assert.Contains(Roles.Api, Value("--role").Split(','));
            }

            Assert.True(pod.Text("terminationGracePeriodSeconds") == "60", file);
        }

        Assert.Equal(4, Nodes.Count());
    }

    [Fact]
    public async Task The_commands_of_the_pods_are_known_to_the_program()
    {
        foreach (var command in new[] { "node start", "store migrate" })
        {
            var outcome = await InProcess.RunAsync([.. command.Split(' '), "--help"]);

            Assert.Equal(0, outcome.ExitCode);
            Assert.Contains("--config", outcome.Output);
        }
    }

    [Fact]
    public void Probes_ask_the_paths_and_the_port_that_the_interface_has()
    {
        var port = ApiOptions.From(BuiltInConfig.Reference).Port.ToString(CultureInfo.InvariantCulture);
        foreach (var (_, pod) in Nodes.Where(entry => entry.Pod.At("containers/0/ports") is not null))
        {
            var container = pod.At("containers/0");
            Assert.Equal(port, container.Text("ports/0/containerPort"));
            Assert.Equal("http", container.Text("ports/0/name"));
            foreach (var (probe, path) in new[]
            {
                ("startupProbe", "/startupz"), ("readinessProbe", "/readyz"), ("livenessProbe", "/livez"),
            })
            {
                Assert.Contains(path, HealthEndpoints.Paths);
                Assert.Equal(path, container.Text($"{probe}/httpGet/path"));
                Assert.Equal("http", container.Text($"{probe}/httpGet/port"));
            }
        }
    }

    [Fact]
    public void Variables_of_the_environment_are_keys_that_exist()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("k8s"), "*.yaml", SearchOption.AllDirectories)
            .Append(Repository.PathOf("docker", "compose.yaml"));
        var names = files.SelectMany(file => Variable().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .ToHashSet();

        Assert.Contains("TRAINING__CLUSTER__HOSTNAME", names);
        var settings = SettingsLoader.LoadForNode(
            Path.GetTempPath(), null, names.Select(name => KeyValuePair.Create(name, "1")), []);
        Assert.NotNull(settings.Effective);
    }

    [Fact]
    public void Secrets_are_read_from_the_place_where_they_are_mounted()
    {
        foreach (var role in RoleFiles.Where(role => role != "local"))
        {
            var config = SettingsLoader.LoadForNode(
                Path.GetTempPath(), Repository.PathOf("hocon", role + ".conf"), [], []).Effective;
            Assert.Equal(
                "/run/secrets/training/postgres-password", config.GetString("training.cluster.store.password-file"));
            Assert.Equal("/run/secrets/training/api-token", config.GetString("training.api.token-file"));
        }

        var compose = Yaml.Read(File.ReadAllText(Repository.PathOf("docker", "compose.yaml")))[0];
        Assert.Equal(
            ["/run/secrets/training/postgres-password", "/run/secrets/training/api-token"],
            compose.List("x-node/secrets").Select(secret => secret.Text("target")!));
    }

    [Fact]
    public void The_image_runs_as_the_user_of_the_pods_and_offers_their_ports()
    {
        var lines = File.ReadAllLines(Repository.PathOf("docker", "Dockerfile"));

        Assert.All(Nodes, entry => Assert.Equal("1654", entry.Pod.Text("securityContext/runAsUser")));
        Assert.Equal(2, lines.Count(line => line == "USER 1654:1654"));
        var port = PbmOptions.From(BuiltInConfig.Reference).Port;
        Assert.Equal(2, lines.Count(line => line == $"EXPOSE 8080 {port}"));
        Assert.Equal(2, lines.Count(line => line == "ENTRYPOINT [\"/app/trainctl\"]"));
        // Every base is an argument.
        Assert.All(
            lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)),
            line => Assert.Matches(@"^FROM (\$\{\w+\}|sdk) AS ", line));
    }

    [Fact]
    public void Three_nodes_of_the_compose_file_name_themselves_and_their_roles()
    {
        var services = Yaml.Read(File.ReadAllText(Repository.PathOf("docker", "compose.yaml")))[0].Map("services");
        var nodes = services.Where(service => service.Key != "postgres").ToList();

        Assert.Equal(3, nodes.Count);
        foreach (var (name, node) in nodes)
        {
            Assert.Equal(name, node.Text("hostname"));
            Assert.Equal(name, node.Text("environment/TRAINING__CLUSTER__HOSTNAME"));
            Assert.All(node.Text("command/3")!.Split(','), role => Assert.Contains(role, Roles.All));
        }
    }

    [GeneratedRegex("TRAINING__[A-Z_]+")]
    private static partial Regex Variable();
}
