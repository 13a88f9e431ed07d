namespace TrainingCluster.SystemTests.Kubernetes;

/// <summary>What reviewers and their tools complain about, each check by the name they know it by.</summary>
internal sealed class ManifestLint(IReadOnlyList<object?> documents)
{
    private readonly List<string> _complaints = [];

    public static IReadOnlyList<string> Complaints(IReadOnlyList<object?> documents)
    {
        var lint = new ManifestLint(documents);
        foreach (var document in documents)
        {
            lint.CheckAny(document);
            if (document.At("spec/template/spec") is not null)
            {
                lint.CheckPod(document);
            }
        }

        lint.CheckServices();
        lint.CheckPolicies();
        lint.CheckBudgets();
        return lint._complaints;
    }

    private IEnumerable<object?> Workloads => documents.Where(document => document.At("spec/template/spec") is not null);

    private void Complain(string check, object? document, bool isFault)
    {
        if (isFault)
        {
            _complaints.Add($"{check}: {document.Text("kind")} {document.Text("metadata/name")}");
        }
    }

    private void CheckAny(object? document)
    {
        var kind = document.Text("kind");
        Complain("use-namespace", document,
            kind is not ("Namespace" or "PriorityClass") && document.At("metadata/namespace") is null);
        Complain("recommended-labels", document,
            !document.Map("metadata/labels").ContainsKey("app.kubernetes.io/part-of"));
        Complain("no-secret-in-manifests", document, kind == "Secret");
        Complain("sensitive-configmap-content", document, kind == "ConfigMap" && document.Map("data").Values.Any(
            text => text is string value && value.Contains("Password=", StringComparison.OrdinalIgnoreCase)));
        Complain("job-ttl-seconds-after-finished", document,
            kind == "Job" && document.At("spec/ttlSecondsAfterFinished") is null);
        Complain("wildcard-in-rules", document, document.List("rules").Any(rule =>
            rule.List("verbs").Concat(rule.List("resources")).Concat(rule.List("apiGroups")).Contains("*")));
        Complain("access-to-secrets", document,
            document.List("rules").Any(rule => rule.List("resources").Contains("secrets")));
        Complain("pod-security-restricted", document, kind == "Namespace"
            && document.Map("metadata/labels").GetValueOrDefault("pod-security.kubernetes.io/enforce") is not "restricted");
    }

    private void CheckPod(object? document)
    {
        var pod = document.At("spec/template/spec");
        var isJob = document.Text("kind") == "Job";
        var account = pod.Text("serviceAccountName");
        Complain("default-service-account", document, account is null);
        Complain("non-existent-service-account", document, !documents.Any(other =>
            other.Text("kind") == "ServiceAccount" && other.Text("metadata/name") == account));
        Complain("automount-service-account-token", document, pod.Text("automountServiceAccountToken") != "false");
        Complain("run-as-non-root", document, pod.Text("securityContext/runAsNonRoot") != "true"
            || pod.At("securityContext/runAsUser") is not double and not string);
        Complain("seccomp-profile", document, pod.Text("securityContext/seccompProfile/type") != "RuntimeDefault");
        Complain("host-namespaces", document, new[] { "hostNetwork", "hostPID", "hostIPC" }
            .Any(field => pod.Text(field) == "true"));
        Complain("host-path", document, pod.List("volumes").Any(volume => volume.At("hostPath") is not null));
        Complain("priority-class-name", document, !documents.Any(other =>
            other.Text("kind") == "PriorityClass" && other.Text("metadata/name") == pod.Text("priorityClassName")));
        var name = document.Map("spec/template/metadata/labels").GetValueOrDefault("app.kubernetes.io/name");
        Complain("mismatching-selector", document, !isJob
            && !document.Map("spec/selector/matchLabels").All(label => Equals(
                document.Map("spec/template/metadata/labels").GetValueOrDefault(label.Key), label.Value)));
        Complain("pod-labels", document, name is null
            || !document.Map("spec/template/metadata/labels").ContainsKey("app.kubernetes.io/part-of"));
        Complain("no-anti-affinity", document,
            document.At("spec/replicas") is double and > 1 && pod.At("affinity/podAntiAffinity") is null);
        Complain("no-rolling-update-strategy", document, !isJob
            && document.Text("spec/strategy/type") != "RollingUpdate"
            && document.Text("spec/updateStrategy/type") != "RollingUpdate");
        foreach (var container in pod.List("containers").Concat(pod.List("initContainers")))
        {
            CheckContainer(document, container, isJob);
        }
    }

    private void CheckContainer(object? document, object? container, bool isJob)
    {
        var image = container.Text("image") ?? "";
        var tag = image.Contains('@') ? "digest" : image.Split('/')[^1].Split(':') is [_, var text] ? text : "";
        Complain("latest-tag", document, tag is "" or "latest");
        Complain("pull-policy", document, container.Text("imagePullPolicy") != "IfNotPresent");
        Complain("privilege-escalation-container", document,
            container.Text("securityContext/allowPrivilegeEscalation") != "false");
        Complain("privileged-container", document, container.Text("securityContext/privileged") == "true");
        Complain("no-read-only-root-fs", document, container.Text("securityContext/readOnlyRootFilesystem") != "true");
        Complain("drop-all-capabilities", document, container.Text("securityContext/capabilities/drop/0") != "ALL");
        foreach (var resource in new[] { "requests/cpu", "limits/cpu", "requests/memory", "limits/memory" })
        {
            Complain("unset-" + resource.Replace('/', '-'), document, container.At("resources/" + resource) is null);
        }

        Complain("memory-request-is-limit", document,
            container.Text("resources/requests/memory") != container.Text("resources/limits/memory"));
        var variables = container.List("env").Select(variable => variable.Text("name")).ToList();
        Complain("duplicate-env-var", document, variables.Distinct().Count() != variables.Count);
        Complain("env-var-secret", document, container.List("env").Any(variable =>
            variable.At("valueFrom/secretKeyRef") is not null
            || (variable.Text("name")!.EndsWith("PASSWORD", StringComparison.Ordinal))));
        var ports = container.List("ports").Select(port => port.Text("name")).ToList();
        foreach (var probe in new[] { "liveness", "readiness" })
        {
            Complain($"no-{probe}-probe", document, !isJob && container.At(probe + "Probe") is null);
        }

        foreach (var probe in new[] { "liveness", "readiness", "startup" })
        {
            var port = container.Text($"{probe}Probe/httpGet/port") ?? container.Text($"{probe}Probe/tcpSocket/port");
            Complain($"{probe}-port", document, port is not null && !ports.Contains(port));
        }

        var volumes = document.List("spec/template/spec/volumes").Concat(document.List("spec/volumeClaimTemplates"))
            .Select(volume => volume.Text("name") ?? volume.Text("metadata/name")).ToList();
        Complain("dangling-volume-mount", document,
            container.List("volumeMounts").Any(mount => !volumes.Contains(mount.Text("name"))));
    }

    private void CheckServices()
    {
        foreach (var service in documents.Where(document => document.Text("kind") == "Service"))
        {
            var selected = Workloads.Where(workload => Selects(service.Map("spec/selector"), workload)).ToList();
            Complain("dangling-service", service, selected.Count == 0);
            var ports = selected.SelectMany(workload => workload.List("spec/template/spec/containers"))
                .SelectMany(container => container.List("ports")).Select(port => port.Text("name")).ToList();
            Complain("invalid-target-ports", service,
                service.List("spec/ports").Any(port => !ports.Contains(port.Text("targetPort"))));
        }
    }

    private void CheckPolicies()
    {
        var policies = documents.Where(document => document.Text("kind") == "NetworkPolicy").ToList();
        foreach (var policy in policies)
        {
            Complain("dangling-networkpolicy", policy, policy.Map("spec/podSelector").Count > 0
                && !Workloads.Any(workload => Selects(policy.Map("spec/podSelector/matchLabels"), workload)));
        }

        foreach (var workload in Workloads)
        {
            Complain("non-isolated-pod", workload, !policies.Any(policy =>
                policy.List("spec/policyTypes").Count == 2 && policy.Map("spec/podSelector").Count == 0));
        }
    }

    private void CheckBudgets()
    {
        var budgets = documents.Where(document => document.Text("kind") == "PodDisruptionBudget").ToList();
        foreach (var budget in budgets)
        {
            Complain("pdb-max-unavailable", budget, budget.At("spec/maxUnavailable") is 0d);
            Complain("pdb-unhealthy-pod-eviction-policy", budget,
                budget.Text("spec/unhealthyPodEvictionPolicy") != "AlwaysAllow");
        }

        foreach (var workload in Workloads.Where(workload => workload.At("spec/replicas") is double and > 1))
        {
            Complain("missing-pod-disruption-budget", workload, !budgets.Any(budget =>
                Selects(budget.Map("spec/selector/matchLabels"), workload)));
        }
    }

    private static bool Selects(IReadOnlyDictionary<string, object?> selector, object? workload) =>
        selector.Count > 0 && selector.All(label =>
            Equals(workload.Map("spec/template/metadata/labels").GetValueOrDefault(label.Key), label.Value));
}
