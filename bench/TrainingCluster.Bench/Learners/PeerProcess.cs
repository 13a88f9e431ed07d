using System.Collections.Immutable;
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

    /// <summary>Threads of libtorch's own pool and of OpenBLAS's. Both at two spin against each other and are two to
    /// four times slower than one thread: no peer is measured so.</summary>
    private static readonly ImmutableArray<(int Torch, int Blas)> Settings = [(1, 1), (2, 1), (1, 2)];

    private readonly Process _process;

    private PeerProcess(Process process, string threads) => (_process, Threads) = (process, threads);

    /// <summary>"torch_1_blas_2".</summary>
    public string Threads { get; }

    /// <summary>Starts a file of bench/peers with one thread and with two; empty where Python or torch is
    /// missing.</summary>
    /// <param name="openBlasCore">Where ours has kernels of OpenBLAS too, their type; null leaves the choice to
    /// OpenBLAS.</param>
    public static ImmutableArray<PeerProcess> StartAll(string file, string? openBlasCore, params string[] arguments) =>
        [.. Settings.Select(threads => Start(threads, openBlasCore, file, arguments)).OfType<PeerProcess>()];

    /// <summary>Starts a file of bench/peers on one thread; empty where Python or torch is missing.</summary>
    public static ImmutableArray<PeerProcess> StartOne(string file, params string[] arguments) =>
        Start(Settings[0], null, file, arguments) is { } peer ? [peer] : [];

    private static PeerProcess? Start(
        (int Torch, int Blas) threads, string? openBlasCore, string file, string[] arguments)
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
        start.Environment["OMP_NUM_THREADS"] = $"{threads.Torch}";
        start.Environment["OPENBLAS_NUM_THREADS"] = $"{threads.Blas}";
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment.Remove("OPENBLAS_CORETYPE");
        if (openBlasCore is not null)
        {
            start.Environment["OPENBLAS_CORETYPE"] = openBlasCore;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (process.StandardOutput.ReadLine() == "ready")
        {
            return new PeerProcess(process, $"torch_{threads.Torch}_blas_{threads.Blas}");
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
