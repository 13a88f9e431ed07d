using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Views;

namespace TrainingCluster.UnitTests.Registry.Views;

public sealed class VersionQuerySpecs
{
    private const string Run = "v_20241127_143022";

    private static readonly RegistryState State = Some.After(
        Some.Registration("cnn_lstm/atr_breakout", run: Run, content: "one", accuracy: .905),
        Some.Registration("cnn_lstm/atr_breakout", run: "v_20241128_000000", content: "two", data: "newer"),
        Some.Registration("cnn_lstm/macd_momentum", run: "v_20241129_000000", content: "three"));

    [Theory]
    [InlineData("cnn_lstm/atr_breakout@1.0.0", "cnn_lstm/atr_breakout@1.0.0")]
    [InlineData("cnn_lstm/atr_breakout", "cnn_lstm/atr_breakout@1.0.1")]
    [InlineData("cnn_lstm/atr_breakout@latest", "cnn_lstm/atr_breakout@1.0.1")]
    [InlineData("cnn_lstm/a", "cnn_lstm/atr_breakout@1.0.1")]
    [InlineData("atr_breakout", "cnn_lstm/atr_breakout@1.0.1")]
    [InlineData(Run, "cnn_lstm/atr_breakout@1.0.0")]
    [InlineData("cnn_lstm/atr_breakout@" + Run, "cnn_lstm/atr_breakout@1.0.0")]
    [InlineData("cnn_lstm_v1.0.1", "cnn_lstm/atr_breakout@1.0.1")]
    [InlineData("cnn_lstm_v1.0.1_grade_D_acc_0.60.pth", "cnn_lstm/atr_breakout@1.0.1")]
    public void These_texts_name_one_version(string text, string id) =>
        Assert.Equal(
            id, Assert.IsType<VersionFound>(VersionQuery.Resolve(State, text)).Version.Id.ToString());

    [Fact]
    public void A_digest_names_the_version_from_twelve_digits_on()
    {
        var version = State.Versions.Values.First();

        var found = VersionQuery.Resolve(State, $"sha256:{version.Digest.Hex[..12]}");
        var byFile = VersionQuery.Resolve(State, $"{version.Id.Model}@sha256:{version.Files[0].Digest.Hex}");
        var tooShort = VersionQuery.Resolve(State, $"sha256:{version.Digest.Hex[..11]}");

        Assert.Equal(version, Assert.IsType<VersionFound>(found).Version);
        Assert.Equal(version, Assert.IsType<VersionFound>(byFile).Version);
        Assert.Contains("12", Assert.IsType<VersionUnknown>(tooShort).Reason);
    }

    [Fact]
    public void The_name_that_a_version_shows_means_it_among_others_of_the_same_number()
    {
        var version = State.Versions.Values.Single(one => one.Id.ToString() == "cnn_lstm/atr_breakout@1.0.0");

        var found = VersionQuery.Resolve(State, version.ExportName);

        Assert.Equal(version, Assert.IsType<VersionFound>(found).Version);
    }

    [Theory]
    [InlineData("cnn_lstm")]
    [InlineData("cnn_lstm_v1.0.0")]
    [InlineData("cnn_lstm/atr_breakout@1.0")]
    [InlineData("cnn_lstm@latest")]
    public void These_texts_fit_several_and_all_are_named(string text)
    {
        var ambiguous = Assert.IsType<VersionAmbiguous>(VersionQuery.Resolve(State, text));

        Assert.True(ambiguous.Candidates.Length >= 2);
        Assert.All(
            ambiguous.Candidates, candidate => Assert.Contains(candidate.ToString(), ambiguous.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ppo")]
    [InlineData("cnn_lstm/atr_breakout@9.0.0")]
    [InlineData("v_20990101_000000")]
    [InlineData("hybrid_v1.0.0_grade_A")]
    public void These_texts_fit_nothing(string text) =>
        Assert.IsType<VersionUnknown>(VersionQuery.Resolve(State, text));

    [Fact]
    public void A_stated_grade_that_is_not_the_version_s_is_a_warning_and_not_an_error()
    {
        var same = VersionQuery.Resolve(State, "cnn_lstm_v1.0.1_grade_D");
        var other = VersionQuery.Resolve(State, "cnn_lstm_v1.0.1_grade_A+");

        Assert.Null(Assert.IsType<VersionFound>(same).Warning);
        Assert.Contains("A+", Assert.IsType<VersionFound>(other).Warning);
    }
}
