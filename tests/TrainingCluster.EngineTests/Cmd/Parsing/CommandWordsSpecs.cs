using Petabridge.Cmd.Parsing;

namespace TrainingCluster.EngineTests.Cmd.Parsing;

public sealed class CommandWordsSpecs
{
    [Theory]
    [InlineData("cluster show", "cluster|show")]
    [InlineData("  cluster\t show  ", "cluster|show")]
    [InlineData("log write -m \"two words\"", "log|write|-m|two words")]
    [InlineData("log write -m 'it \"is\" so'", "log|write|-m|it \"is\" so")]
    [InlineData("log write -m \"a \\\" b\"", "log|write|-m|a \" b")]
    [InlineData("a\\ b c", "a b|c")]
    [InlineData("x ''", "x|")]
    [InlineData("", "")]
    public void A_line_is_split_at_spaces_outside_of_quotes(string line, string words) =>
        Assert.Equal(words, string.Join('|', CommandWords.Split(line)));

    [Theory]
    [InlineData("log write -m \"open")]
    [InlineData("log write -m 'open")]
    [InlineData("log \\")]
    public void A_line_that_is_not_whole_is_refused(string line) =>
        Assert.Throws<FormatException>(() => CommandWords.Split(line));
}
