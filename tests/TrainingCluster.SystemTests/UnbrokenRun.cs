using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.SystemTests;

/// <summary>
/// The whole pipeline, once, undisturbed: what other runs are compared with, and a state directory to read. Tests that
/// change it copy it first. All classes share it, so that they need not wait for each other.
/// </summary>
internal sealed class UnbrokenRun
{
    private static readonly Lazy<Task<UnbrokenRun>> Shared = new(StartAsync);

    private UnbrokenRun(string state, Outcome outcome)
    {
        State = state;
        Outcome = outcome;
        Result = new RunResult(outcome.Json());
    }

    public const string Seed = "7";

    public static string Bars => Samples.PathOf("aapl-daily.csv");

    public string State { get; }

    public Outcome Outcome { get; }

    public RunResult Result { get; }

    public static Task<UnbrokenRun> GetAsync() => Shared.Value;

    public static string[] Arguments(string state, params string[] more) =>
        ["train", "pipeline", Bars, "--budget", "quick", "--seed", Seed, "--state", state, "-o", "json", .. more];

    private static async Task<UnbrokenRun> StartAsync()
    {
        var folder = new StateFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var outcome = await Trainctl.RunAsync(Arguments(folder.State));
        return new UnbrokenRun(folder.State, outcome.Expect(0));
    }
}
