using System.Runtime.InteropServices;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>Signals to other processes.</summary>
internal static class ProcessSignals
{
    private const int Term = 15;

    /// <summary>Asks for an orderly end.</summary>
    /// <returns>False where there is no such process, or it is another user's.</returns>
    public static bool Terminate(int processId) => Kill(processId, Term) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
