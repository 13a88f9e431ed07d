using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Network;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>Nodes that do not reach the store while others do.</summary>
[Collection(FaultCollection.Name)]
public sealed class CutSpecs(ITestOutputHelper output)
{
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [PostgresFact]
    public Task One_node_cut_off_is_replaced_and_comes_back() =>
        CutAsync("one node cut off", LinkState.Cut, cluster => [cluster.Oldest]);

    [PostgresFact]
    public Task The_one_node_left_acts_for_all_that_are_cut_off() =>
        CutAsync("all but one cut off", LinkState.Cut, cluster => cluster.AllBut(cluster.Nodes[1]));

    [PostgresFact(IsLong = true)]
    public Task A_node_that_is_heard_and_hears_nothing_is_replaced_and_comes_back() =>
        CutAsync("one node deaf", LinkState.Deaf, cluster => [cluster.Oldest]);

    [PostgresFact(IsLong = true)]
    public Task A_node_that_hears_and_is_not_heard_is_replaced_and_comes_back() =>
        CutAsync("one node mute", LinkState.Mute, cluster => [cluster.Oldest]);

    private async Task CutAsync(string what, LinkState state, Func<NodeCluster, IReadOnlyList<Node>> choose)
    {
        var store = new PostgresClusterStore();
        await using var cluster = await NodeCluster.StartAsync(new ClusterPlan(), store);
        var nodes = choose(cluster);

        var cut = NodeCluster.Now;
        foreach (var node in nodes)
        {
            store.LinkOf(node.Port).Become(state);
        }

        var took = await cluster.ConvergeAsync(cluster.AllBut([.. nodes]), cut, _settings.Replacement);
        _figures.Add($"{what} to all answering elsewhere", took, _settings.Replacement);
        await cluster.UntilElapsedAsync(cut, _settings.Freeze);

        var healed = NodeCluster.Now;
        store.Heal();
        took = await cluster.ConvergeAsync(cluster.Nodes, healed, _settings.Recovery);
        _figures.Add($"{what}, healed to all answering on all nodes", took, _settings.Recovery);
        await cluster.EndAsync();
    }
}
