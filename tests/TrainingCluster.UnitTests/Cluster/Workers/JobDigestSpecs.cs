using System.Collections.Immutable;
using TrainingCluster.Cluster.Workers;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Jobs;
using TrainingCluster.UnitTests.Cluster.Runs;

namespace TrainingCluster.UnitTests.Cluster.Workers;

public sealed class JobDigestSpecs
{
    private static readonly RunSpec Run = Pipeline.Spec("macd_momentum");

    private static readonly JobSpec Encoder = RunPlan.Jobs(Run)[0];

    [Fact]
    public void Newer_bars_leave_the_recipe_as_it_is() =>
        Assert.Equal(
            JobDigests.Recipe(Encoder),
            JobDigests.Recipe(RunPlan.Jobs(Run with { Data = Digest.Of("newer") })[0]));

    [Fact]
    public void Another_seed_fee_or_number_is_another_recipe()
    {
        RunSpec[] others =
        [
            Run with { Seed = 8 },
            Run with { FeeRatio = .001 },
            Run with { Overrides = BudgetOverrides.Of(("cnn_lstm.epochs", 1)) },
        ];

        Assert.All(others, other =>
            Assert.NotEqual(JobDigests.Recipe(Encoder), JobDigests.Recipe(RunPlan.Jobs(other)[0])));
    }

    [Theory]
    [InlineData("""{"preprocessor":{"window":60,"barriers":{"horizon":10}},"seed":8}""", true)]
    [InlineData(
        """
        {"preprocessor":{"window":60,"barriers":{"horizon":10},
            "pipelines":{"all":{"fitted":{"sourceColumns":["mood"]}}}}}
        """,
        false)]
    [InlineData("""{"preprocessor":{"window":30,"barriers":{"horizon":10}},"seed":7}""", false)]
    [InlineData("""{"preprocessor":{"window":60,"barriers":{"horizon":20}},"seed":7}""", false)]
    [InlineData("""{"preprocessor":{"window":60,"barriers":{"horizon":10}},"actions":5}""", false)]
    public void The_signature_is_what_a_caller_sees(string config, bool isSame)
    {
        const string First = """{"preprocessor":{"window":60,"barriers":{"horizon":10}},"seed":7}""";

        Assert.Equal(isSame, Signature(First) == Signature(config));
    }

    [Fact]
    public void A_model_that_does_not_parse_has_the_signature_of_its_type()
    {
        var output = Output([1, 2, 3]);

        Assert.Equal(JobDigests.Signature(Encoder, output), JobDigests.Signature(Encoder, Output([4])));
    }

    private static Digest Signature(string config) => JobDigests.Signature(
        Encoder, Output(new ModelArtifact("cnn_lstm", config, []).ToBytes()));

    private static JobOutput Output(byte[] model) => new(
        [new JobFile(FileRoles.Model, model)], ImmutableSortedDictionary<string, double>.Empty, null!);
}
