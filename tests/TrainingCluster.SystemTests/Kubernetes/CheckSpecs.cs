using TrainingCluster.Testing.Files;

namespace TrainingCluster.SystemTests.Kubernetes;

/// <summary>The checks themselves, on the files and on planted mistakes; they need no kubectl.</summary>
public sealed class CheckSpecs
{
    [Fact]
    public void Every_object_in_the_files_is_one_that_Kubernetes_knows()
    {
        var files = Overlays.Files().Where(entry => !entry.File.Contains("genuine-akka/pod")).ToList();

        Assert.True(files.Count >= 15, $"only {files.Count} objects");
        Assert.Empty(files.SelectMany(entry =>
            KubernetesSchema.Problems(entry.Document).Select(problem => $"{entry.File}: {problem}")));
    }

    [Theory]
    [InlineData("replicas: 1", "replicaz: 1", "has no field 'replicaz'")]
    [InlineData("replicas: 1", "replicas: one", "is one, which is no number")]
    [InlineData("image: postgres:15.14", "image: [postgres]", "which is no string")]
    [InlineData("kind: StatefulSet", "kind: StatefulZet", "there is no apps/v1 StatefulZet")]
    [InlineData("apiVersion: apps/v1", "apiVersion: apps/v1beta1", "there is no apps/v1beta1 StatefulSet")]
    public void A_planted_mistake_is_found_by_the_schema(string right, string wrong, string expected)
    {
        var text = File.ReadAllText(Repository.PathOf("k8s", "overlays", "dev", "postgres.yaml"));
        Assert.Empty(Yaml.Read(text).SelectMany(KubernetesSchema.Problems));

        var problems = Yaml.Read(text.Replace(right, wrong)).SelectMany(KubernetesSchema.Problems).ToList();

        Assert.Contains(problems, problem => problem.Contains(expected));
    }

    [Theory]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "no-read-only-root-fs")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "run-as-non-root")]
    [InlineData("drop: [ALL]", "drop: [NET_RAW]", "drop-all-capabilities")]
    [InlineData("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "privilege-escalation-container")]
    [InlineData("automountServiceAccountToken: false", "automountServiceAccountToken: true", "automount-service-account-token")]
    [InlineData("serviceAccountName: training", "serviceAccountName: other", "non-existent-service-account")]
    [InlineData("priorityClassName: training-coordinator", "priorityClassName: other", "priority-class-name")]
    [InlineData("type: RuntimeDefault", "type: Unconfined", "seccomp-profile")]
    [InlineData("image: postgres:15.14", "image: postgres:latest", "latest-tag")]
    [InlineData("image: postgres:15.14", "image: postgres", "latest-tag")]
    [InlineData("readinessProbe:", "readyProbe:", "no-readiness-probe")]
    [InlineData("livenessProbe:", "liveProbe:", "no-liveness-probe")]
    [InlineData("targetPort: postgres", "targetPort: other", "invalid-target-ports")]
    [InlineData("port: postgres\n            periodSeconds: 5", "port: other\n            periodSeconds: 5", "readiness-port")]
    [InlineData("emptyDir: {}", "hostPath: {path: /}", "host-path")]
    [InlineData("cpu: 250m", "other: 1", "unset-requests-cpu")]
    [InlineData("memory: 512Mi\n            limits", "memory: 100Mi\n            limits", "memory-request-is-limit")]
    [InlineData("type: RollingUpdate", "type: OnDelete", "no-rolling-update-strategy")]
    [InlineData("replicas: 1", "replicas: 2", "missing-pod-disruption-budget")]
    [InlineData("replicas: 1", "replicas: 2", "no-anti-affinity")]
    [InlineData("imagePullPolicy: IfNotPresent", "imagePullPolicy: Always", "pull-policy")]
    [InlineData("name: POSTGRES_USER", "name: POSTGRES_DB", "duplicate-env-var")]
    [InlineData("name: POSTGRES_PASSWORD_FILE", "name: POSTGRES_PASSWORD", "env-var-secret")]
    [InlineData("- name: data\n              mountPath", "- name: nothing\n              mountPath", "dangling-volume-mount")]
    [InlineData("matchLabels:\n      app.kubernetes.io/name: postgres\n  template", "matchLabels:\n      app.kubernetes.io/name: other\n  template", "mismatching-selector")]
    [InlineData("selector:\n    app.kubernetes.io/name: postgres", "selector:\n    app.kubernetes.io/name: other", "dangling-service")]
    [InlineData("podSelector:\n    matchLabels:\n      app.kubernetes.io/name: postgres\n  policyTypes", "podSelector:\n    matchLabels:\n      app.kubernetes.io/name: other\n  policyTypes", "dangling-networkpolicy")]
    public void A_planted_mistake_is_complained_about(string right, string wrong, string expected)
    {
        var text = Labelled(
            File.ReadAllText(Repository.PathOf("k8s", "overlays", "dev", "postgres.yaml")).ReplaceLineEndings("\n"));
        string[] around = ["namespace", "serviceaccount", "priorityclasses", "networkpolicy"];
        var rest = around.SelectMany(name =>
            Yaml.Read(Labelled(File.ReadAllText(Repository.PathOf("k8s", "base", name + ".yaml"))))).ToList();
        bool IsNamed(IEnumerable<string> complaints) =>
            complaints.Any(complaint => complaint.StartsWith(expected + ": ", StringComparison.Ordinal)
                && complaint.EndsWith(" postgres", StringComparison.Ordinal));
        Assert.False(IsNamed(ManifestLint.Complaints([.. rest, .. Yaml.Read(text)])), expected);
        Assert.Contains(right, text);

        Assert.True(IsNamed(ManifestLint.Complaints([.. rest, .. Yaml.Read(text.Replace(right, wrong))])), expected);
    }

    // What kustomize adds to every object, and to pods.
    private static string Labelled(string text) => text
        .Replace("metadata:\n  name:", "metadata:\n  namespace: training\n  name:")
        .Replace("      labels:\n        app", "      labels:\n        app.kubernetes.io/part-of: training-cluster\n        app")
        .Replace("  labels:\n    app", "  labels:\n    app.kubernetes.io/part-of: training-cluster\n    app");
}
