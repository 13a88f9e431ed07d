using System.Diagnostics;
using System.Globalization;

namespace TrainingCluster.Bench.Learners;

/// <summary>
/// The same work in Python, in a process that stays open and makes one run whenever it is asked: so that runs of
/// both alternate, and both meet the same load.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>Debian's own interpreter: the one that python3-torch belongs to.</summary>
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    /// <summary>Starts a file of bench/peers; null where Python or torch is missing.</summary>
    public static PeerProcess? Start(string file, params string[] arguments)
    {
        var path = Path.Combine(Root(), "bench", "peers", file);
        if (!File.Exists(Python) || !File.Exists(path))
        {
            return null;
        }

        var start = new ProcessStartInfo(Python, [path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Both thread pools at two spin against each other; one at two gained nothing here and burns processor time.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment.Remove("OPENBLAS_CORETYPE");
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (process.StandardOutput.ReadLine() == "ready")
        {
            return new PeerProcess(process);
        }

        process.Kill();
        process.Dispose();
        return null;
    }

    /// <summary>One run: work per second of the clock and of processor time.</summary>
    public Rate Run()
    {
        _process.StandardInput.WriteLine("run");
        var answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("the peer ended in the middle of its work");
        var parts = answer.Split(' ');
        return new Rate(
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5_000);
        _process.Dispose();
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "TrainingCluster.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("this is not the repository's build");
    }
}
