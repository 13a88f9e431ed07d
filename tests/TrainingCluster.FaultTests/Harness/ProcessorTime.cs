using System.Globalization;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>What a process has used of the processors.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    public static TimeSpan Of(int processId)
    {
        // The name in the second field may hold anything; what follows its bracket is regular.
        var text = File.ReadAllText($"/proc/{processId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var (user, system) = (Number(fields[11]), Number(fields[12]));
        return TimeSpan.FromSeconds((user + system) / TicksPerSecond);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
