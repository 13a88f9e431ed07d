using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;
using TrainingCluster.UnitTests.Cluster.Runs;

namespace TrainingCluster.UnitTests.Cluster.Serialization;

public sealed class WireContractSpecs
{
    public static TheoryData<string> Names => [.. WireContracts.All.Select(contract => contract.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_message_comes_back_as_it_went(string name)
    {
        var message = Assert.Single(Samples.All, sample => WireContracts.NameOf(sample.GetType()) == name);

        var bytes = WireContracts.Write(message);
        var back = WireContracts.Read(bytes, name);

        Assert.Equal(message.GetType(), back.GetType());
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(WireContracts.Write(back)));
        Assert.All(PropertiesOf(message), property => Assert.NotNull(property.GetValue(back)));
        Assert.InRange(bytes.Length, 2, WireContracts.MessageBytesMax);
    }

    [Fact]
    public void The_list_of_contracts_is_the_one_that_is_checked_in()
    {
        var list = File.ReadAllText(Path.Combine(
            RepositoryRoot(), "src", "TrainingCluster.Cluster", "Serialization", "contracts.txt"));

        var code = string.Concat(WireContracts.All.Select(contract =>
            $"{contract.Name} {contract.Type.FullName!.Replace('+', '.')}\n"));

        Assert.Equal(list, code);
    }

    [Fact]
    public void Every_wire_message_has_a_name()
    {
        var messages = typeof(IWireMessage).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Where(type => type.IsAssignableTo(typeof(IWireMessage)));

        Assert.All(messages, message => Assert.NotEmpty(WireContracts.NameOf(message)));
    }

    [Fact]
    public void A_start_of_a_job_of_a_run_with_forty_strategies_stays_small()
    {
        var strategies = Enumerable.Range(0, 40).Select(i => $"a_rather_long_strategy_name_{i}").ToArray();
        var spec = Pipeline.Spec(strategies) with
        {
            Inputs = [.. strategies.SelectMany(strategy => new[] { "encoder", "oof", "policy" }.Select(role =>
                new InputVersion(role, strategy, $"cnn_lstm/{strategy}@10.10.10", Pipeline.Spec().Data)))],
        };

        var bytes = WireContracts.Write(new RunCommands.Submit("key", spec, []));

        Assert.InRange(bytes.Length, 1, WireContracts.MessageBytesMax);
    }

    [Fact]
    public void Readers_pass_over_what_they_do_not_know()
    {
        var read = WireContracts.Read(
            """{"run":"v_20241127_143022","mood":{"of":["the","writer"]}}"""u8, "run.command.pause");

        Assert.Equal(new RunCommands.Pause(RunId.Parse("v_20241127_143022")), read);
    }

    [Fact]
    public void A_run_that_was_written_before_frictions_and_definitions_reads_with_the_standard_ones()
    {
        var command = JsonNode.Parse(WireContracts.Write(
            new RunCommands.Submit("key", Pipeline.Spec("macd_momentum"), [])))!;
        var spec = command["spec"]!.AsObject();
        foreach (var member in new[] { "frictions", "definitions", "origins" })
        {
            Assert.True(spec.Remove(member), $"a run is written without '{member}'");
        }

        var read = (RunCommands.Submit)WireContracts.Read(
            Encoding.UTF8.GetBytes(command.ToJsonString()), "run.command.submit");

        Assert.Equal(TradingFrictions.None, read.Spec.Frictions);
        Assert.Equal(StrategyDefinitions.None, read.Spec.Definitions);
        Assert.Empty(read.Spec.Origins);
        Assert.Equal(RunPlan.Jobs(Pipeline.Spec("macd_momentum")).Select(job => job.SpecDigest([])),
            RunPlan.Jobs(read.Spec).Select(job => job.SpecDigest([])));
    }

    [Fact]
    public void Unknown_names_and_broken_bytes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => WireContracts.Read("{}"u8, "run.command.sing"));
        Assert.Throws<JsonException>(() => WireContracts.Read("{\"run\":"u8, "run.command.pause"));
        Assert.Throws<ArgumentException>(() => WireContracts.NameOf(typeof(string)));
    }

    private static IEnumerable<System.Reflection.PropertyInfo> PropertiesOf(object message) =>
        message.GetType().GetProperties().Where(property =>
            property.GetIndexParameters().Length == 0 && property.GetValue(message) is not null);

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TrainingCluster.sln")))
        {
            folder = folder.Parent
                ?? throw new DirectoryNotFoundException("no TrainingCluster.sln above the test's folder");
        }

        return folder.FullName;
    }
}
