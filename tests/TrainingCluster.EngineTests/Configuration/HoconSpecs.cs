using Akka.Configuration;

namespace TrainingCluster.EngineTests.Configuration;

public sealed class HoconSpecs
{
    [Theory]
    [InlineData("foo.bar.baz : 42", "foo { bar { baz : 42 } }", "foo.bar.baz")]
    [InlineData("3.14 : 42", "3 { 14 : 42 }", "3.14")]
    [InlineData("a b c : 42", "\"a b c\" : 42", "a b c")]
    [InlineData("{ \"a\" : { \"b\" : 42 } }", "a.b = 42", "a.b")]
    public void A_dotted_key_means_the_same_as_nested_objects(string one, string other, string path)
    {
        var first = ConfigurationFactory.ParseString(one).GetString(path);
        var second = ConfigurationFactory.ParseString(other).GetString(path);

        Assert.Equal("42", first);
        Assert.Equal("42", second);
    }

    [Theory]
    [InlineData("a = 1 2 3 \t ,", "1 2 3")]
    [InlineData("a = \"1 \"2 # comment", "1 2")]
    [InlineData("a = foo bar // comment", "foo bar")]
    [InlineData("a = \"\"\"C:\\dev \"quoted\"\n\"\"\"", "C:\\dev \"quoted\"\n")]
    [InlineData("a = \"tab\\t\\u0041\"", "tab\tA")]
    [InlineData("a = 127.0.0.1", "127.0.0.1")]
    [InlineData("a = \"null\"", "null")]
    [InlineData("a =\n  later", "later")]
    public void A_value_is_all_pieces_of_its_line(string hocon, string expected)
    {
        var value = ConfigurationFactory.ParseString(hocon).GetString("a");

        Assert.Equal(expected, value);
    }

    [Fact]
    public void Lists_take_commas_or_line_ends_and_join_side_by_side()
    {
        var config = ConfigurationFactory.ParseString("a = [1,2] [3\n4]\nb = [1 2, 3]\nc = []");

        Assert.Equal([1, 2, 3, 4], config.GetIntList("a"));
        Assert.Equal(["1 2", "3"], config.GetStringList("b"));
        Assert.Empty(config.GetStringList("c"));
    }

    [Fact]
    public void Objects_of_one_key_merge_and_a_scalar_between_them_starts_anew()
    {
        var config = ConfigurationFactory.ParseString(
            "a { x = 1, y = 2 }\na = { z = 3 }\nb.c = 1\nb = null\nb.d = 3");

        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(3, config.GetInt("a.z"));
        Assert.False(config.HasPath("b.c"));
        Assert.Equal(3, config.GetInt("b.d"));
    }

    [Fact]
    public void Substitutions_give_text_lists_and_objects_wherever_they_are_defined()
    {
        var config = ConfigurationFactory.ParseString(
            """
            greeting = Hello my name is ${person.name}
            list = ${base} [3]
            base = [1, 2]
            person { name = Roger }
            twin = ${person} { age = 7 }
            deep = ${twin.name}23
            optional = [1] ${?missing}
            """);

        Assert.Equal("Hello my name is Roger", config.GetString("greeting"));
        Assert.Equal([1, 2, 3], config.GetIntList("list"));
        Assert.Equal("Roger", config.GetString("twin.name"));
        Assert.Equal(7, config.GetInt("twin.age"));
        Assert.Equal("Roger23", config.GetString("deep"));
        Assert.Equal([1], config.GetIntList("optional"));
    }

    [Theory]
    [InlineData("a {\n  b = 1\n", "line 1, column 3", "is not closed")]
    [InlineData("a = [1,\n 2", "line 1, column 5", "is not closed")]
    [InlineData("a = 1\nb = \"x\ny = 2", "line 2, column 5", "is not closed on its line")]
    [InlineData("a = tcp://x@y", "line 1, column 8", "':'")]
    [InlineData("a = 1\n  b", "line 2, column 4", "after the key b")]
    [InlineData("a =", "line 1, column 4", "the value of a")]
    [InlineData("a = 1 }", "line 1, column 7", "the end of the text")]
    [InlineData("a = \"\\q\"", "line 1, column 6", "escape")]
    [InlineData("x = 1\na = ${b.c}", "line 2, column 5", "b.c")]
    [InlineData("a = ${b}\nb = ${a}", "line 2, column 5", "leads back to itself")]
    [InlineData("a { b = ${a} }", "line 1, column 9", "leads back to itself")]
    [InlineData("a = ${a}", "line 1, column 5", "leads back to itself")]
    [InlineData("a = [1] {b = 2}", "line 1, column 1", "side by side")]
    [InlineData("a += 1", "line 1, column 1", "+=")]
    public void A_broken_text_is_refused_with_line_and_column(string hocon, string where, string why)
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));

        Assert.StartsWith(where, error.Message);
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public void A_text_nested_without_end_is_refused_instead_of_exhausting_the_stack()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => ConfigurationFactory.ParseString("a = " + new string('[', 100_000)));

        Assert.Contains("256", error.Message);
    }

    [Theory]
    [InlineData("x", "characters")]
    [InlineData("[x]", "items")]
    public void A_value_that_doubles_with_each_line_is_refused_instead_of_filling_the_memory(string seed, string of)
    {
        var lines = Enumerable.Range(1, 40).Select(i => $"a{i} = ${{a{i - 1}}}${{a{i - 1}}}");

        var error = Assert.Throws<ConfigurationException>(
            () => ConfigurationFactory.ParseString($"a0 = {seed}\n{string.Join('\n', lines)}"));

        Assert.StartsWith("line ", error.Message);
        Assert.Contains(of, error.Message);
    }

    [Fact]
    public void Any_cut_or_changed_text_parses_or_is_refused_but_never_breaks_the_parser()
    {
        const string Text = "a { b = \"x\\n\" [1, 2] ${c.d} }, \"q.r\" : \"\"\"t\"\"\" # c\nc.d = [3] // e\n";
        const string Spice = "{}[]\"=:,.$#\\\n /?x1";

        var refused = 0;
        for (var cut = 0; cut < Text.Length; cut++)
        {
            foreach (var c in Spice)
            {
                refused += IsRefused(Text[..cut] + c + Text[(cut + 1)..]) + IsRefused(Text[..cut] + c);
            }
        }

        Assert.InRange(refused, 1, 2 * Text.Length * Spice.Length);
    }

    private static int IsRefused(string text)
    {
        try
        {
            ConfigurationFactory.ParseString(text);
            return 0;
        }
        catch (ConfigurationException error)
        {
            Assert.StartsWith("line ", error.Message);
            return 1;
        }
    }
}
