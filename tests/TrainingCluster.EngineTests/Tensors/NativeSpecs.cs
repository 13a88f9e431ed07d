using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

[Collection(TensorCollection.Name)]
public sealed class NativeSpecs
{
    [Fact]
    public void Every_declared_function_is_in_the_library()
    {
        var library = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libtorch_slim.so"));

        var missing = typeof(Native).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(method => method.GetCustomAttribute<DllImportAttribute>() is not null)
            .Where(method => !NativeLibrary.TryGetExport(library, method.Name, out _))
            .Select(method => method.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public void A_library_that_is_not_there_is_reported_with_the_remedy()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;

        var absent = Assert.Throws<DllNotFoundException>(() => Native.LoadFrom(folder, folder));
        File.WriteAllText(Path.Combine(folder, "libtorch_slim.so"), "not a library");
        var broken = Assert.Throws<DllNotFoundException>(() => Native.LoadFrom(folder, folder));
        Directory.Delete(folder, recursive: true);

        Assert.Contains(folder, absent.Message);
        Assert.Contains("libtorch-dev libopenblas0-pthread", absent.Message);
        Assert.Contains("libtorch-dev libopenblas0-pthread", broken.Message);
    }

    [Fact]
    public void Errors_of_threads_do_not_mix()
    {
        var messages = new string[4];
        var threads = Enumerable.Range(0, messages.Length).Select(number => new Thread(() =>
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < 200; i++)
            {
                messages[number] = Assert.Throws<ExternalException>(
                    () => zeros(2, 3).mm(zeros(number + 10, 7))).Message;
            }
        })).ToArray();

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        for (var i = 0; i < messages.Length; i++) Assert.Contains($"2x3 and {i + 10}x7", messages[i]);
    }

    [Fact]
    public void A_seed_draws_the_initial_weights_that_PyTorch_draws()
    {
        const string Script =
            """
            import torch
            torch.manual_seed(5)
            m = torch.nn.Sequential(torch.nn.Conv1d(3, 5, 3), torch.nn.Linear(7, 2))
            l = torch.nn.LSTM(3, 4, 2)
            print(*[repr(float(p.double().sum())) for p in list(m.parameters()) + list(l.parameters())])
            """;
        if (Run("/usr/bin/python3", "-c", Script) is not { } answer) return; // no PyTorch on this machine
        using var scope = NewDisposeScope();

        manual_seed(5);
        using var network = nn.Sequential(nn.Conv1d(3, 5, 3), nn.Linear(7, 2));
        using var lstm = nn.LSTM(3, 4, numLayers: 2);
        var sums = network.parameters().Concat(lstm.parameters()).Select(one =>
            one.@double().sum().item<double>());

        Assert.Equal(answer.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)),
            sums);
    }

    private static string? Run(string program, params string[] arguments)
    {
        if (!File.Exists(program)) return null;
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : null;
    }
}
