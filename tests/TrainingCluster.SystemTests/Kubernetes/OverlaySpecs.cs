using TrainingCluster.Testing.Files;

namespace TrainingCluster.SystemTests.Kubernetes;

/// <summary>The manifests as a cluster would be given them.</summary>
public sealed class OverlaySpecs
{
    [KubectlTheory]
    [InlineData("dev")]
    [InlineData("cpu")]
    [InlineData("gpu")]
    public void Every_field_of_a_rendered_overlay_is_one_that_Kubernetes_knows(string overlay)
    {
        var documents = Overlays.Render(overlay);

        Assert.True(documents.Count >= 15, $"{overlay} has only {documents.Count} documents");
        Assert.Empty(documents.SelectMany(KubernetesSchema.Problems));
    }

    [KubectlTheory]
    [InlineData("dev")]
    [InlineData("cpu")]
    [InlineData("gpu")]
    public void A_rendered_overlay_has_nothing_that_reviewers_complain_about(string overlay) =>
        Assert.Empty(ManifestLint.Complaints(Overlays.Render(overlay)));

    [KubectlFact]
    public void The_overlays_differ_as_their_names_say()
    {
        var (dev, cpu, gpu) = (Overlays.Render("dev"), Overlays.Render("cpu"), Overlays.Render("gpu"));

        foreach (var name in new[] { "training-trainer", "training-api" })
        {
            Assert.Equal("1", dev.Find("Deployment", name).Text("spec/replicas"));
            Assert.Equal("3", cpu.Find("Deployment", name).Text("spec/replicas"));
        }

        var trainer = gpu.Find("Deployment", "training-trainer").At("spec/template/spec");
        Assert.Equal(1d, trainer.Map("containers/0/resources/limits")["nvidia.com/gpu"]);
        Assert.Contains(trainer.List("tolerations"), toleration => toleration.Text("key") == "nvidia.com/gpu");
        Assert.DoesNotContain(
            "nvidia.com/gpu", cpu.Find("Deployment", "training-trainer")
                .Map("spec/template/spec/containers/0/resources/limits").Keys);
        Assert.EndsWith("cuda", trainer.Text("containers/0/image"));
        Assert.Contains(dev, document => document.Text("metadata/name") == "postgres");
        Assert.DoesNotContain(cpu.Concat(gpu), document =>
            document.Text("metadata/name") == "postgres" && document.Text("kind") == "StatefulSet");
    }

    [KubectlFact]
    public void The_component_for_genuine_Akka_adds_what_remoting_needs_and_the_base_has_none_of_it()
    {
        var plain = Overlays.Render("cpu");
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", "genuine-akka-overlay")).FullName;
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"),
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: training
            resources: [../../k8s/overlays/cpu]
            components: [../../k8s/components/genuine-akka]
            """);
        var genuine = Overlays.RenderFolder(folder);

        Assert.DoesNotContain(plain, document => document.Text("kind") is "Role" or "RoleBinding");
        Assert.DoesNotContain(plain.SelectMany(document => document.List("spec/template/spec/containers"))
            .SelectMany(container => container.List("ports")), port => port.Text("name") == "remote");
        Assert.Empty(genuine.SelectMany(KubernetesSchema.Problems));
        Assert.Contains(genuine, document => document.Text("kind") == "Role");
        foreach (var (kind, name) in new[]
        {
            ("StatefulSet", "training-coordinator"), ("Deployment", "training-trainer"), ("Deployment", "training-api"),
        })
        {
            var container = genuine.Find(kind, name).At("spec/template/spec/containers/0");
            Assert.Contains(container.List("ports"), port => port.Text("name") == "remote");
            Assert.Contains(container.List("env"), variable =>
                variable.Text("name") == "TRAINING__CLUSTER__SEED_NODES"
                && variable.Text("value")!.Split(',').Length == 3);
        }
    }
}
