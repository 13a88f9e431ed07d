using System.Collections.Immutable;
using Akka.Configuration;
using TrainingCluster.Node.Configuration;

namespace TrainingCluster.UnitTests.Node.Configuration;

public sealed class SettingsSpecs
{
    private static readonly SettingsLayer Reference = new("reference.conf", ConfigurationFactory.ParseString(
        """
        training {
          node.slots = auto
          worker.stop-timeout = 30s
        }
        """));

    [Fact]
    public void The_strongest_layer_wins_and_is_named_as_the_origin()
    {
        var file = Layer("training.conf", "training.node.slots = 2");
        var flag = Settings.FromFlag("flag --slots", "training.node.slots", "3");

        var settings = new Settings([Reference, file, flag]);

        Assert.Equal("3", settings.Effective.GetString("training.node.slots"));
        Assert.Equal(
            [
                new Setting("training.node.slots", "3", "flag --slots"),
                new Setting("training.worker.stop-timeout", "30s", "reference.conf"),
            ],
            settings.Entries.ToArray());
    }

    [Fact]
    public void An_environment_variable_goes_down_a_level_at_two_underscores_and_has_dashes_for_single_ones()
    {
        var layers = Settings.FromEnvironment(
            [new("TRAINING__WORKER__STOP_TIMEOUT", "5s"), new("PATH", "/bin"), new("TRAINING_OTHER", "1")]);

        var settings = new Settings([Reference, .. layers]);

        Assert.Equal("5s", settings.Effective.GetString("training.worker.stop-timeout"));
        Assert.Contains(settings.Entries, setting => setting.Origin == "environment TRAINING__WORKER__STOP_TIMEOUT");
    }

    [Fact]
    public void Every_unknown_key_is_named_with_the_nearest_known_one()
    {
        var file = Layer("training.conf", "training { node.slot = 2, worker.stop-timout = 1s }");

        var thrown = Assert.Throws<SettingsException>(() => new Settings([Reference, file]));

        Assert.Equal(
            "the configuration has mistakes:\n"
            + "  training.node.slot in training.conf is no setting; did you mean training.node.slots?\n"
            + "  training.worker.stop-timout in training.conf is no setting; did you mean training.worker.stop-timeout?",
            thrown.Message);
    }

    [Fact]
    public void A_value_with_quotes_and_backslashes_survives_a_flag()
    {
        var flag = Settings.FromFlag("flag", "training.node.slots", """a"b\c""");

        var settings = new Settings([Reference, flag]);

        Assert.Equal("""a"b\c""", settings.Effective.GetString("training.node.slots"));
    }

    [Theory]
    [InlineData("slots", "slots", 0)]
    [InlineData("slot", "slots", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void The_edit_distance_counts_insertions_deletions_and_substitutions(string one, string other, int distance)
    {
        Assert.Equal(distance, EditDistance.Between(one, other));
        Assert.Equal(distance, EditDistance.Between(other, one));
    }

    private static SettingsLayer Layer(string origin, string text) => new(origin, ConfigurationFactory.ParseString(text));
}
