using Petabridge.Cmd;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Parsing;

namespace TrainingCluster.EngineTests.Cmd.Parsing;

public sealed class CommandParserSpecs
{
    private static readonly CommandPalette[] Palettes =
        [ClusterCommands.Instance.Palette, MessageCommands.Definitions];

    [Fact]
    public void Words_become_pairs_of_switch_and_value_in_their_order()
    {
        var command = Parse("msg echo -t a -T b");

        Assert.Equal("msg", command.Palette);
        Assert.Equal("echo", command.Name);
        Assert.Equal([Tuple.Create("-t", "a"), Tuple.Create("-T", "b")], command.Arguments);
    }

    [Theory]
    [InlineData("clutser show", "did you mean 'cluster'?")]
    [InlineData("cluster shwo", "did you mean 'cluster show'?")]
    [InlineData("cluster zzz", "unknown command 'cluster zzz'; there are down, down-unreachable")]
    [InlineData("zzz", "unknown palette 'zzz'; there are cluster, msg")]
    [InlineData("cluster", "'cluster' needs a command")]
    [InlineData("", "there is no command")]
    [InlineData("msg echo", "-t is missing")]
    [InlineData("msg echo -t", "-t needs a value")]
    [InlineData("msg count -n 1 -n 2", "-n is given twice")]
    [InlineData("msg count -n -p", "-n needs a value")]
    public void What_is_no_command_is_refused_with_what_may_have_been_meant(string line, string expected) =>
        Assert.Contains(expected, ErrorOf(line));

    [Fact]
    public void All_that_is_wrong_is_said_at_once_with_the_usage()
    {
        var error = ErrorOf("msg echo -x 1");

        Assert.Equal(
            "'-x' is no switch of 'echo'; '1' is no switch of 'echo'; -t is missing\n"
            + "usage: msg echo -t TEXT…", error);
    }

    [Fact]
    public void An_error_repeats_little_of_what_came_and_nothing_that_a_screen_would_obey()
    {
        var error = ErrorOf("\u001b[2J" + new string('y', 5000));

        Assert.DoesNotContain('\u001b', error);
        Assert.True(error.Length < 200, error);
    }

    [Theory]
    [InlineData("", "cluster|exit|help|msg")]
    [InlineData("cl", "cluster")]
    [InlineData("cluster ", "down|down-unreachable|join|leader|leave|show|status|tail")]
    [InlineData("cluster le", "leader|leave")]
    [InlineData("cluster leave ", "-a")]
    [InlineData("msg count -p ", "1m|5m")]
    [InlineData("msg count -n 3 -", "-p")]
    [InlineData("msg echo -t a ", "-t")]
    [InlineData("help m", "msg")]
    [InlineData("nothing ", "")]
    public void Completion_offers_what_may_follow(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', Completion.Of(Palettes, line)));

    [Theory]
    [InlineData("", "a name and at least one switch")]
    [InlineData("x", "must begin with '-'")]
    public void A_definition_that_cannot_be_typed_is_refused(string text, string expected)
    {
        var refused = Assert.Throws<ArgumentException>(() => new CommandDefinitionBuilder().WithName("c")
            .WithArgument(b => text.Length == 0 ? b.WithName("a") : b.WithName("a").WithSwitch(text)).Build());

        Assert.Contains(expected, refused.Message);
    }

    private static Command Parse(string line)
    {
        Assert.True(CommandParser.TryParse(Palettes, CommandWords.Split(line), out var command, out var error), error);
        return command;
    }

    private static string ErrorOf(string line)
    {
        Assert.False(CommandParser.TryParse(Palettes, line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            out _, out var error));
        return error;
    }
}
