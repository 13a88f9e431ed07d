using Akka.Util;

namespace TrainingCluster.EngineTests.Actors;

public sealed class AppVersionSpecs
{
    [Theory]
    [InlineData("1.2.3", "1.2.4")]
    [InlineData("1.9", "1.10")]
    [InlineData("1.2.3", "2")]
    [InlineData("1.2.3-M1", "1.2.3")]
    [InlineData("1.2.3-M1", "1.2.3-M2")]
    [InlineData("1.2+3-abcd", "1.2+10-abcd")]
    [InlineData("1.2.3+3-abcd", "1.2.3+10-abcd")]
    [InlineData("word", "0.0.1")]
    public void An_older_version_comes_before_a_newer_one(string older, string newer)
    {
        var (first, second) = (AppVersion.Create(older), AppVersion.Create(newer));

        Assert.True(first.CompareTo(second) < 0);
        Assert.True(second.CompareTo(first) > 0);
    }

    [Theory]
    [InlineData("1.2", "1.2.0")]
    [InlineData("1", "1.0.0")]
    public void Missing_numbers_are_zeros_in_the_order_though_the_versions_are_not_equal(
        string shorter, string longer)
    {
        var (first, second) = (AppVersion.Create(shorter), AppVersion.Create(longer));

        Assert.Equal(0, first.CompareTo(second));
        Assert.False(first == second);
    }

    [Theory]
    [InlineData("1.x")]
    [InlineData("x.1")]
    [InlineData("1.2.3x")]
    public void Parts_that_are_no_numbers_are_refused(string text)
    {
        Assert.Throws<FormatException>(() => AppVersion.Create(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3.4")]
    public void No_number_and_more_than_three_are_refused(string text)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AppVersion.Create(text));
    }
}
