using Akka.Configuration;

namespace TrainingCluster.EngineTests.Configuration;

public sealed class ConfigSpecs
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("250", 250)]
    [InlineData("10s", 10_000)]
    [InlineData("10 seconds", 10_000)]
    [InlineData("0.05 s", 50)]
    [InlineData("3 m", 180_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1 day", 86_400_000)]
    [InlineData("infinite", -1)]
    public void Durations_carry_their_unit(string text, double milliseconds)
    {
        var duration = ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a");

        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("128000b", 128_000)]
    [InlineData("64 KiB", 65_536)]
    [InlineData("64 kB", 64_000)]
    [InlineData("2M", 2_097_152)]
    [InlineData("17", 17)]
    public void Sizes_tell_powers_of_two_from_powers_of_ten(string text, long bytes)
    {
        var size = ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a");

        Assert.Equal(bytes, size);
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void Booleans_have_two_spellings(string text, bool expected)
    {
        Assert.Equal(expected, ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a", !expected));
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_refused_with_path_value_and_rule()
    {
        var config = ConfigurationFactory.ParseString(
            "a { n = many, d = 3 weeks, s = 4 XB, b = maybe, l = text }");

        Assert.Equal(
            "a.n is \"many\"; it must be a whole number from -2147483648 to 2147483647",
            Assert.Throws<ConfigurationException>(() => config.GetInt("a.n")).Message);
        Assert.StartsWith(
            "a.d is \"3 weeks\"; it must be a duration",
            Assert.Throws<ConfigurationException>(() => config.GetTimeSpan("a.d")).Message);
        Assert.StartsWith(
            "a.s is \"4 XB\"; it must be a size",
            Assert.Throws<ConfigurationException>(() => config.GetByteSize("a.s")).Message);
        Assert.StartsWith(
            "a.b is \"maybe\"; it must be on",
            Assert.Throws<ConfigurationException>(() => config.GetBoolean("a.b")).Message);
        Assert.StartsWith(
            "a.l is \"text\"; it must be a list",
            Assert.Throws<ConfigurationException>(() => config.GetStringList("a.l")).Message);
    }

    [Fact]
    public void What_is_missing_answers_the_default()
    {
        var config = ConfigurationFactory.ParseString("a = null");

        Assert.Equal(7, config.GetInt("b.c", 7));
        Assert.Equal("x", config.GetString("b", "x"));
        Assert.Null(config.GetString("a"));
        Assert.Null(config.GetConfig("b"));
        Assert.Equal(TimeSpan.FromSeconds(2), config.GetTimeSpan("b", TimeSpan.FromSeconds(2)));
        Assert.Empty(config.GetStringList("b"));
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
    }

    [Fact]
    public void A_fallback_answers_only_where_nothing_is_said_and_leaves_the_originals_alone()
    {
        var own = ConfigurationFactory.ParseString("a { b = 1, list = [1], scalar = 2 }");
        var fallback = ConfigurationFactory.ParseString(
            "a { b = 9, c = 3, list = [7, 8], scalar { x = 1 } }");

        var merged = own.WithFallback(fallback).WithFallback(ConfigurationFactory.ParseString("d = 4"));

        Assert.Equal(1, merged.GetInt("a.b"));
        Assert.Equal(3, merged.GetConfig("a")!.GetInt("c"));
        Assert.Equal([1], merged.GetIntList("a.list"));
        Assert.Equal(2, merged.GetInt("a.scalar"));
        Assert.Equal(4, merged.GetInt("d"));
        Assert.False(own.HasPath("a.c"));
        Assert.Throws<ArgumentException>(() => own.WithFallback(own));
    }

    [Fact]
    public void Quoted_keys_keep_their_dots()
    {
        var config = ConfigurationFactory.ParseString("a { \"/x/d.ev/*\".d : 123, plain = 1 }");

        Assert.Equal(123, config.GetInt("a.\"/x/d.ev/*\".d"));
        Assert.Equal(
            ["/x/d.ev/*", "plain"], config.GetConfig("a")!.AsEnumerable().Select(entry => entry.Key));
    }

    [Fact]
    public void Written_text_reads_back_to_the_same_settings()
    {
        var config = ConfigurationFactory.ParseString(
            "a { \"b.c\" = [1, \"x y\", { d = \"\" }], n = null, q = \"null\" }\n"
            + "a.t = \"line\\nend \\\"q\\\"\"\nz = 10s");

        var again = ConfigurationFactory.ParseString(config.ToString());

        Assert.Equal(config.ToString(), again.ToString());
        Assert.Equal("line\nend \"q\"", again.GetString("a.t"));
        Assert.Equal("null", again.GetString("a.q"));
        Assert.Null(again.GetString("a.n"));
        Assert.Equal("1", again.GetStringList("a.\"b.c\"")[0]);
    }

    [Fact]
    public void Own_text_and_text_with_fallbacks_can_both_be_shown()
    {
        var config = "a = 1" + ConfigurationFactory.ParseString("b = 2");

        Assert.Equal("a = 1\n", config.ToString());
        Assert.Equal("a = 1\nb = 2\n", config.ToString(includeFallback: true));
    }
}
