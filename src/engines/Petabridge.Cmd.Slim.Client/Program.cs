using System.Runtime.InteropServices;

namespace Petabridge.Cmd.Client;

/// <summary>Where the process begins.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var interrupt = new InterruptSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interrupt.Raise();
        });
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            interrupt.Raise();
        });
        return await new PbmProgram(PbmConsole.OfProcess(), interrupt).RunAsync(args);
    }
}
