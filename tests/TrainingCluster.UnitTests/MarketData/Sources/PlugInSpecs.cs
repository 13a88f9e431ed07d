using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.PlugIns;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>Sources of a user's own.</summary>
public sealed class PlugInSpecs
{
    private static readonly string Assembly = typeof(CountingSource).Assembly.Location;

    [Fact]
    public async Task A_class_of_another_assembly_gives_bars_that_take_the_same_way()
    {
        await using var world = new UpdateWorld();

        var source = Load(world, typeof(CountingSource).FullName!);
        var outcome = await world.RunAsync(source, "ANY", UpdateWorld.Day);

        Assert.NotEqual(typeof(CountingSource), source.GetType());
        Assert.True(outcome.Succeeded, string.Join("\n", outcome.Findings));
        Assert.Equal("counting", outcome.Key.Source);
        Assert.True(outcome.Requests > 1);
    }

    [Fact]
    public async Task A_source_that_fails_in_its_own_way_is_named_and_not_repeated()
    {
        await using var world = new UpdateWorld();

        var outcome = await world.RunAsync(Load(world, typeof(CountingSource).FullName!), "BROKEN", UpdateWorld.Day);

        var finding = outcome.Findings.Single(finding => finding.Rule == FetchRule.SourceFailed);
        Assert.Contains("counting failed (DivideByZeroException)", finding.Detail);
        Assert.Equal(1, outcome.Requests);
    }

    [Fact]
    public async Task A_source_whose_columns_differ_in_length_or_that_never_ends_is_named()
    {
        await using var world = new UpdateWorld();
        var source = Load(world, typeof(CountingSource).FullName!);

        var ragged = await world.RunAsync(source, "RAGGED", UpdateWorld.Day);
        var endless = await world.RunAsync(source, "ENDLESS", UpdateWorld.Day);

        Assert.Contains("'high' has 1 values", ragged.Findings.Single(f => f.Rule == FetchRule.SchemaChanged).Detail);
        Assert.Contains(
            "was asked for already", endless.Findings.Single(f => f.Rule == FetchRule.SchemaChanged).Detail);
    }

    [Fact]
    public async Task Nothing_is_loaded_but_the_file_whose_digest_was_written_down()
    {
        await using var world = new UpdateWorld();

        var refused = Assert.Throws<PlugInException>(
            () => Load(world, typeof(CountingSource).FullName!, sha256: new string('0', 64)));
        var unset = Assert.Throws<PlugInException>(() => Load(world, typeof(CountingSource).FullName!, sha256: ""));

        Assert.Contains(Digest.Of(File.ReadAllBytes(Assembly)).Hex, refused.Message);
        Assert.Contains("is not set", unset.Message);
    }

    [Theory]
    [InlineData("No.Such.Class", "has no class No.Such.Class")]
    [InlineData("TrainingCluster.Testing.MarketData.Bars", "must be a public class that implements")]
    public async Task A_class_that_is_no_source_is_refused(string type, string words)
    {
        await using var world = new UpdateWorld();

        Assert.Contains(words, Assert.Throws<PlugInException>(() => Load(world, type)).Message);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_no_assembly_is_named()
    {
        await using var world = new UpdateWorld();
        var text = Path.Combine(world.Folder, "text.dll");
        File.WriteAllText(text, "text");

        var missing = Assert.Throws<PlugInException>(() => PlugIn.Load(
            new PlugInReference("A", Path.Combine(world.Folder, "none.dll"), ""), Services(world)));
        var wrong = Assert.Throws<PlugInException>(() => PlugIn.Load(
            new PlugInReference("A", text, Digest.Of("text").Hex), Services(world)));

        Assert.Contains("cannot be read", missing.Message);
        Assert.Contains("is no .NET assembly", wrong.Message);
    }

    private static IBarSource Load(UpdateWorld world, string type, string? sha256 = null) => PlugIn.Load(
        new PlugInReference(type, Assembly, sha256 ?? Digest.Of(File.ReadAllBytes(Assembly)).Hex), Services(world));

    private static BarSourceServices Services(UpdateWorld world) => new(new HttpClient(), world.Clock);
}
