using System.Text.Json;
using TrainingCluster.Bench;
using TrainingCluster.Bench.Actors;
using TrainingCluster.Bench.Learners;

if (args is [WireBench.PeerVerb, var provider, var connectionString])
{
    WireBench.RunPeer(provider, connectionString);
    return 0;
}

var benches = new SortedDictionary<string, Func<IEnumerable<Measurement>>>
{
    ["actors"] = ActorBench.Run,
    ["checkpoints"] = CheckpointBench.Run,
    ["cnn-lstm"] = CnnLstmBench.Train,
    ["env"] = EnvironmentBench.Run,
    ["dqn"] = ReplayBench.Dqn,
    ["inference"] = InferenceBench.Run,
    ["parallel"] = ParallelBench.Run,
    ["ppo"] = PpoBench.Run,
    ["sac"] = ReplayBench.Sac,
    ["td3"] = ReplayBench.Td3,
    ["data"] = () => DataBench.Run().Concat(StatisticsBench.Run()),
    ["indicators"] = IndicatorBench.Each,
    ["wire"] = ActorBench.RunWire,
};

var chosen = args.Length == 0 ? ["actors", "data"] : args;
if (chosen.FirstOrDefault(name => !benches.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"error: there is no bench '{unknown}'; there are: {string.Join(", ", benches.Keys)}");
    return 2;
}

var measured = chosen.SelectMany(name => benches[name]()).ToArray();
Console.WriteLine(JsonSerializer.Serialize(
    new { cores = Environment.ProcessorCount, measured },
    new JsonSerializerOptions(JsonSerializerDefaults.Web)));
return 0;
