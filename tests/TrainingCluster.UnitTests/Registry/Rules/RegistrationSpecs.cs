using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.UnitTests.Registry.Rules;

public sealed class RegistrationSpecs
{
    [Fact]
    public void The_first_version_of_a_line_is_1_0_0()
    {
        var accepted = Some.Accepted(RegistryState.Empty, Some.Registration());

        Assert.Equal("cnn_lstm/macd_momentum@1.0.0", accepted.Version.Id.ToString());
        Assert.False(accepted.WasThere);
    }

    [Fact]
    public void Newer_bars_under_the_same_recipe_raise_the_patch()
    {
        var state = Some.After(Some.Registration());

        var next = Some.Accepted(state, Some.Registration(run: "b", content: "w2", data: "newer bars"));

        Assert.Equal("1.0.1", next.Version.Id.Version.ToNormalizedString());
    }

    [Theory]
    [InlineData("another recipe", "sp500")]
    [InlineData("recipe", "aapl")]
    public void Another_recipe_or_another_market_raises_the_minor_number(string recipe, string dataName)
    {
        var state = Some.After(Some.Registration());

        var next = Some.Accepted(state, Some.Registration(
            run: "b", content: "w2", data: "x", recipe: recipe, dataName: dataName));

        Assert.Equal("1.1.0", next.Version.Id.Version.ToNormalizedString());
    }

    [Fact]
    public void Another_signature_raises_the_major_number()
    {
        var state = Some.After(Some.Registration());

        var next = Some.Accepted(state, Some.Registration(run: "b", content: "w2", signature: "other"));

        Assert.Equal("2.0.0", next.Version.Id.Version.ToNormalizedString());
    }

    [Fact]
    public void The_same_job_registers_once_whatever_it_brings()
    {
        var state = Some.After(Some.Registration());

        var decision = state.Decide(Some.Registration(content: "other weights"));

        Assert.Empty(decision.Events);
        var accepted = Assert.IsType<VersionAccepted>(decision.Answer);
        Assert.True(accepted.WasThere);
        Assert.Equal("1.0.0", accepted.Version.Id.Version.ToNormalizedString());
    }

    [Fact]
    public void The_same_content_with_the_same_lineage_is_the_same_version()
    {
        var state = Some.After(Some.Registration());

        var decision = state.Decide(Some.Registration(run: "later"));

        Assert.Empty(decision.Events);
        Assert.True(Assert.IsType<VersionAccepted>(decision.Answer).WasThere);
    }

    [Fact]
    public void The_same_content_with_another_lineage_is_a_new_version()
    {
        var state = Some.After(Some.Registration());

        var next = Some.Accepted(state, Some.Registration(run: "later", data: "newer bars"));

        Assert.False(next.WasThere);
        Assert.Equal("1.0.1", next.Version.Id.Version.ToNormalizedString());
    }

    [Fact]
    public void An_edge_must_lead_to_a_registered_version()
    {
        var edge = new LineageEdge(
            LineageRelation.Component, VersionId.Parse("cnn_lstm/x@1.0.0"), Digest.Of("weights"));

        var problem = Refused(RegistryState.Empty, Some.Registration("ppo/x", edges: edge));

        Assert.Equal("edge_missing", problem.Code);
        Assert.Contains("cnn_lstm/x@1.0.0", problem.Text);
    }

    [Fact]
    public void An_edge_must_carry_the_digest_of_its_target()
    {
        var state = Some.After(Some.Registration("cnn_lstm/x"));
        var edge = Some.Component(state, "cnn_lstm/x@1.0.0") with { Digest = Digest.Of("other") };

        Assert.Equal("edge_digest", Refused(state, Some.Registration("ppo/x", edges: edge)).Code);
    }

    [Theory]
    [InlineData("cnn_lstm/y")]
    [InlineData("cnn_lstm/x")]
    public void Components_come_from_earlier_stages(string model)
    {
        var state = Some.After(Some.Registration("cnn_lstm/x"));
        var edge = Some.Component(state, "cnn_lstm/x@1.0.0");

        Assert.Equal("stage_order", Refused(state, Some.Registration(model, run: "b", edges: edge)).Code);
    }

    [Fact]
    public void A_version_is_derived_only_from_one_of_its_own_type()
    {
        var state = Some.After(Some.Registration("cnn_lstm/x"));
        var edge = Some.Component(state, "cnn_lstm/x@1.0.0") with { Relation = LineageRelation.DerivedFrom };

        Assert.Equal("stage_order", Refused(state, Some.Registration("ppo/x", edges: edge)).Code);
        Assert.Equal("1.1.0", Some.Accepted(
            state, Some.Registration("cnn_lstm/x", run: "b", content: "w2", recipe: "r", edges: edge))
            .Version.Id.Version.ToNormalizedString());
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var registration = Some.Registration("wavenet/x") with
        {
            Files = [new ArtifactFile("oof", Digest.Of("o"), 0)],
        };

        var refused = Assert.IsType<VersionRefused>(RegistryState.Empty.Decide(registration).Answer);

        Assert.Equal(["unknown_type", "files", "files"], refused.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Numbers_of_one_line_have_no_gaps_and_lines_do_not_touch_each_other()
    {
        var state = RegistryState.Empty;
        for (var i = 0; i < 30; i++)
        {
            state = Some.After(state, Some.Registration(
                i % 2 == 0 ? "cnn_lstm/a" : "cnn_lstm/b", run: $"r{i}", content: $"w{i}", data: $"d{i}"));
        }

        Assert.Equal(
            Enumerable.Range(0, 15).Select(patch => $"cnn_lstm/a@1.0.{patch}"),
            state.Versions.Keys.Where(id => id.Model.Name == "a").Select(id => id.ToString()));
    }

    private static RegistrationProblem Refused(RegistryState state, RegisterVersion registration) =>
        Assert.IsType<VersionRefused>(state.Decide(registration).Answer).Problems.Single();
}
