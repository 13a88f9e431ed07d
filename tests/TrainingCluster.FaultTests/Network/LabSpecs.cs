using TrainingCluster.FaultTests.Harness;
using TrainingCluster.Testing.Machine;

namespace TrainingCluster.FaultTests.Network;

[Collection(FaultCollection.Name)]
public sealed class LabSpecs : IDisposable
{
    private readonly Lazy<Lab> _lab = new(() => new Lab(2));

    [LabFact]
    public void Hosts_reach_each_other_until_they_are_cut_and_again_when_healed()
    {
        Assert.True(Reaches(1, 2));

        _lab.Value.Cut(1, 2);
        Assert.False(Reaches(1, 2));

        _lab.Value.Heal();
        Assert.True(Reaches(1, 2));
    }

    [LabFact]
    public void A_one_way_loss_lets_the_other_way_through()
    {
        _lab.Value.Drop(2, 1);
        var before = Received(2);

        Assert.False(Reaches(1, 2));

        Assert.True(Received(2) > before, "what host 1 sent did not arrive at host 2");
    }

    public void Dispose()
    {
        if (_lab.IsValueCreated)
        {
            _lab.Value.Dispose();
        }
    }

    private bool Reaches(int from, int to)
    {
        // bash opens the connection itself: refused means that packets went both ways.
        var (code, _, error) = Shell.Try(
            [.. _lab.Value.On(from), "timeout", "0.7", "bash", "-c", $"</dev/tcp/{Lab.AddressOf(to)}/9"]);
        return code != 124 && error.Contains("refused", StringComparison.Ordinal);
    }

    private long Received(int host) => long.Parse(
        Shell.Run([.. _lab.Value.On(host), "cat", "/sys/class/net/eth0/statistics/rx_packets"]).Trim());
}
