using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Network;
using TrainingCluster.FaultTests.Stores;
using Xunit.Abstractions;

namespace TrainingCluster.FaultTests.Faults;

/// <summary>Nodes and store on hosts of their own, with a network that fails between them.</summary>
[Collection(FaultCollection.Name)]
public sealed class NetworkSpecs(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private readonly Figures _figures = new(output);
    private readonly FaultSettings _settings = FaultSettings.Present;

    [LabFact(IsLong = true)]
    public Task One_host_cut_off_from_the_store_is_replaced_and_comes_back() =>
        DamageAsync("one host cut off", (lab, store, host) => lab.Cut(host, store), replaces: true);

    [LabFact]
    public Task One_way_loss_to_the_store_has_the_node_replaced_until_it_comes_back() =>
        DamageAsync("what one host sends is lost", (lab, store, host) => lab.Drop(host, store), replaces: true);

    [LabFact(IsLong = true)]
    public Task One_way_loss_from_the_store_has_the_node_replaced_until_it_comes_back() =>
        DamageAsync("what one host is sent is lost", (lab, store, host) => lab.Drop(store, host), replaces: true);

    [LabFact]
    public Task Hosts_cut_off_from_each_other_go_on_as_before() => DamageAsync(
        "hosts cut off from each other",
        (lab, _, host) =>
        {
            foreach (var other in Enumerable.Range(1, Nodes).Where(other => other != host))
            {
                lab.Cut(host, other);
            }
        },
        replaces: false);

    private async Task DamageAsync(string what, Action<Lab, int, int> damage, bool replaces)
    {
        var store = new LabClusterStore(Nodes);
        var plan = new ClusterPlan { Nodes = Nodes, Wrapper = number => store.Lab.On(number) };
        await using var cluster = await NodeCluster.StartAsync(plan, store);
        var (node, before) = (cluster.Oldest, cluster.Oldest.View.Identity);

        var damaged = NodeCluster.Now;
        damage(store.Lab, store.ServerHost, cluster.NumberOf(node));
        var took = await cluster.ConvergeAsync(
            replaces ? cluster.AllBut(node) : cluster.Nodes, damaged, _settings.Replacement);
        _figures.Add($"{what} to all answering", took, _settings.Replacement);
        await cluster.UntilElapsedAsync(damaged, _settings.Freeze);

        var healed = NodeCluster.Now;
        store.Lab.Heal();
        took = await cluster.ConvergeAsync(cluster.Nodes, healed, _settings.Recovery);
        _figures.Add($"{what}, healed to all answering on all nodes", took, _settings.Recovery);
        Assert.Equal(!replaces, before == node.View.Identity);
        await cluster.EndAsync();
    }
}
