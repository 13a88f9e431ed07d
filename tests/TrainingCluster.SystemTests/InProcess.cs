using System.Globalization;
using TrainingCluster.Cli;

namespace TrainingCluster.SystemTests;

/// <summary>Runs a command inside the test's own process: for tables of many short commands.</summary>
internal static class InProcess
{
    public static async Task<Outcome> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var console = new CliConsole(output, error, outIsTerminal: false, errorIsTerminal: false, colour: false);
        var code = await new TrainctlProgram(console, TimeProvider.System).RunAsync(arguments);
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
