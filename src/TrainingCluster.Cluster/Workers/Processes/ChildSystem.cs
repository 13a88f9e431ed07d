using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>What a worker's process asks of Linux about itself.</summary>
internal static class ChildSystem
{
    private const int DeathSignal = 1;
    private const int Kill = 9;
    private const int CpuResource = 0;
    private const int DataResource = 2;

    /// <summary>The kernel kills this process when its parent's thread ends, however it ends.</summary>
    public static void DieWithParent()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Control(DeathSignal, Kill, 0, 0, 0);
        }
    }

    /// <summary>
    /// The two pipes to the node. From then on, what libraries write to standard output goes to standard error.
    /// </summary>
    public static (Stream Input, Stream Output) TakePipes()
    {
        var input = Duplicate(0);
        var output = Duplicate(1);
        if (input < 0 || output < 0 || DuplicateTo(2, 1) < 0)
        {
            throw new IOException($"the pipes cannot be taken: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return (
            new FileStream(new SafeFileHandle(input, ownsHandle: true), FileAccess.Read, bufferSize: 0),
            new FileStream(new SafeFileHandle(output, ownsHandle: true), FileAccess.Write, bufferSize: 0));
    }

    /// <param name="bytes">Of private memory that can be written; 0 = no limit.</param>
    public static void LimitMemory(long bytes) => Limit(DataResource, bytes);

    /// <param name="seconds">Of processor time; beyond it the process is killed; 0 = no limit.</param>
    public static void LimitProcessor(long seconds) => Limit(CpuResource, seconds);

    /// <summary>Ends the process without tearing libraries down under threads that compute in them.</summary>
    [DllImport("libc", EntryPoint = "_exit")]
    public static extern void EndAtOnce(int exitCode);

    private static void Limit(int resource, long most)
    {
        if (most <= 0 || !OperatingSystem.IsLinux())
        {
            return;
        }

        var limits = new Limits { Soft = (ulong)most, Hard = (ulong)most };
        if (SetLimit(resource, in limits) != 0)
        {
            throw new IOException($"a limit cannot be set: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int Control(int option, nuint one, nuint two, nuint three, nuint four);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int SetLimit(int resource, in Limits limits);

    [DllImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static extern int Duplicate(int descriptor);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static extern int DuplicateTo(int from, int to);
}
