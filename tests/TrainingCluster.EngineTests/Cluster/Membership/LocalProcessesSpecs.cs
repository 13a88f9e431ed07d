using System.Diagnostics;
using Akka.Cluster.Membership;

namespace TrainingCluster.EngineTests.Cluster.Membership;

public sealed class LocalProcessesSpecs
{
    private readonly LocalProcesses _processes = new();

    [Fact]
    public void This_process_is_alive() => Assert.False(_processes.IsDead(_processes.Self));

    [Fact]
    public void Nothing_is_known_of_other_hosts() =>
        Assert.False(_processes.IsDead(_processes.Self with { Host = "elsewhere", Id = int.MaxValue }));

    [Fact]
    public void A_process_that_has_ended_is_dead_where_the_host_tells()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Assert.True(_processes.IsDead(_processes.Self with { Id = int.MaxValue }));
    }

    [Fact]
    public void Another_process_with_the_same_id_is_not_the_same_process()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var earlier = _processes.Self with { Started = _processes.Self.Started - 1 };

        Assert.True(_processes.IsDead(earlier));
    }

    [Fact]
    public void A_killed_process_is_dead_before_its_parent_takes_notice()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The shell replaces itself by a program that does not wait for the child it was given.
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "sleep 60 & echo $!; exec sleep 60" },
            RedirectStandardOutput = true,
        })!;
        var child = int.Parse(parent.StandardOutput.ReadLine()!);
        var fields = File.ReadAllText($"/proc/{child}/stat").Split(' ');
        var identity = _processes.Self with { Id = child, Started = long.Parse(fields[21]) };
        Assert.False(_processes.IsDead(identity));

        Process.GetProcessById(child).Kill();

        Assert.True(SpinWait.SpinUntil(() => _processes.IsDead(identity), TimeSpan.FromSeconds(10)));
        Assert.True(Directory.Exists($"/proc/{child}"));
        parent.Kill();
        parent.WaitForExit();
    }
}
