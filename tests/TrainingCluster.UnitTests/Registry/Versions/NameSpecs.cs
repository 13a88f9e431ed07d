using NuGet.Versioning;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.UnitTests.Registry.Versions;

public sealed class NameSpecs
{
    [Theory]
    [InlineData("cnn_lstm/rsi_mean_reversion")]
    [InlineData("ppo/btc-1h")]
    [InlineData("0/9")]
    public void A_model_name_reads_as_it_writes(string text) =>
        Assert.Equal(text, ModelName.Parse(text).ToString());

    [Theory]
    [InlineData("cnn_lstm")]
    [InlineData("cnn_lstm/")]
    [InlineData("/x")]
    [InlineData("Cnn/x")]
    [InlineData("_a/x")]
    [InlineData("a/b/c")]
    [InlineData("a/../b")]
    [InlineData("a/b\n")]
    public void Other_texts_are_no_model_names(string text) => Assert.False(ModelName.TryParse(text, out _));

    [Fact]
    public void A_name_has_at_most_63_characters()
    {
        Assert.True(ModelName.TryParse("a/" + new string('b', 63), out _));
        Assert.False(ModelName.TryParse("a/" + new string('b', 64), out _));
    }

    [Theory]
    [InlineData("ppo/a@1.4.0")]
    [InlineData("ppo/a@1.4.0-rc.1")]
    public void A_version_id_reads_as_it_writes(string text) =>
        Assert.Equal(text, VersionId.Parse(text).ToString());

    [Theory]
    [InlineData("ppo/a")]
    [InlineData("ppo/a@1")]
    [InlineData("ppo/a@v1.0.0")]
    [InlineData("ppo/a@1.0.0@2")]
    public void Other_texts_are_no_version_ids(string text) => Assert.False(VersionId.TryParse(text, out _));

    [Fact]
    public void Versions_are_ordered_as_Semantic_Versioning_says()
    {
        string[] inOrder =
        [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "1.0.0", "1.9.0", "1.10.0",
        ];
        var model = ModelName.Parse("ppo/a");

        var sorted = inOrder.Reverse().Select(text => new VersionId(model, SemanticVersion.Parse(text))).Order();

        Assert.Equal(inOrder, sorted.Select(id => id.Version.ToNormalizedString()));
    }

    [Fact]
    public void The_digest_of_a_version_ignores_evaluations_and_the_order_of_files()
    {
        var model = new ArtifactFile("model", Digest.Of("m"), 1);
        var oof = new ArtifactFile("oof", Digest.Of("o"), 1);
        var evaluation = new ArtifactFile("evaluation", Digest.Of("e"), 1);

        var digest = ArtifactFile.RootOf([model, oof]);

        Assert.Equal(digest, ArtifactFile.RootOf([oof, evaluation, model]));
        Assert.NotEqual(digest, ArtifactFile.RootOf([model]));
        Assert.NotEqual(digest, ArtifactFile.RootOf([model, oof with { Digest = Digest.Of("p") }]));
    }
}
