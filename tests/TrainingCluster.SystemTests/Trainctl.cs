using System.Diagnostics;

namespace TrainingCluster.SystemTests;

/// <summary>Runs the built command line as a process of its own, the way a person does.</summary>
internal static class Trainctl
{
    /// <summary>Where the built program and its native library lie.</summary>
    public static string ProgramFolder => AppContext.BaseDirectory;

    /// <summary>Runs a command to its end.</summary>
    public static Task<Outcome> RunAsync(params string[] arguments) => RunAsync(new Surroundings(), arguments);

    /// <summary>Runs a command to its end in other surroundings than the test's own.</summary>
    public static async Task<Outcome> RunAsync(Surroundings surroundings, params string[] arguments)
    {
        await using var running = Start(surroundings, arguments);
        return await running.EndAsync();
    }

    public static RunningTrainctl Start(params string[] arguments) => Start(new Surroundings(), arguments);

    public static RunningTrainctl Start(Surroundings surroundings, params string[] arguments)
    {
        // A shell that starts its jobs in the background has them ignore Ctrl-C, and children inherit that.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = surroundings.Folder,
        };
        string[] all =
        [
            "--default-signal=INT,TERM", "dotnet", Path.Combine(surroundings.Program, "trainctl.dll"), .. arguments,
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in surroundings.Variables)
        {
            start.Environment[name] = value;
        }

        return new RunningTrainctl(start, string.Join(' ', arguments));
    }
}

/// <summary>What a process finds around it.</summary>
internal sealed record Surroundings
{
    /// <summary>Working directory.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Folder of the program itself.</summary>
    public string Program { get; init; } = Trainctl.ProgramFolder;

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public static Surroundings With(string name, string value) =>
        new() { Variables = new Dictionary<string, string> { [name] = value } };
}
