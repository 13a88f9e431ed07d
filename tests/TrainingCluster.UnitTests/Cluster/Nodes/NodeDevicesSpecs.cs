using TrainingCluster.Cluster.Nodes;

namespace TrainingCluster.UnitTests.Cluster.Nodes;

public sealed class NodeDevicesSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devices-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_device_of_the_driver_is_a_slot()
    {
        foreach (var name in (string[])["nvidia10", "nvidia2", "nvidiactl", "nvidia-uvm", "null"])
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
        }

        var devices = NodeDevices.Cuda(_folder);

        Assert.Equal<string>(["cuda:2", "cuda:10"], devices);
        Assert.Equal(2, NodeDevices.Slots(devices, processors: 64));
    }

    [Fact]
    public void A_machine_without_devices_has_a_slot_for_each_processor()
    {
        Assert.Empty(NodeDevices.Cuda(_folder));
        Assert.Empty(NodeDevices.Cuda(Path.Combine(_folder, "missing")));
        Assert.Equal(3, NodeDevices.Slots([], processors: 3));
    }
}
