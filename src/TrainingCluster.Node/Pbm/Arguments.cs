using System.Globalization;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Node.Pbm;

/// <summary>Values of switches, checked.</summary>
internal static class Arguments
{
    private const int LongestQuote = 40;

    public static string? Text(this CommandArguments arguments, string name) =>
        arguments.ArgumentValues(name).FirstOrDefault();

    public static RunId Run(this CommandArguments arguments, string name) =>
        RunId.TryParse(arguments.Text(name), out var run)
            ? run
            : throw new MistakenArgumentException(
                $"'{Quoted(arguments.Text(name))}' is no run; it must look like v_20241127_143022, "
                + "and 'training runs' lists them");

    public static VersionId Version(this CommandArguments arguments, string name) =>
        VersionId.TryParse(arguments.Text(name), out var version)
            ? version
            : throw new MistakenArgumentException(
                $"'{Quoted(arguments.Text(name))}' is no version; it must look like ppo/atr_breakout@1.4.0, "
                + "and 'registry list' lists them");

    public static int Number(this CommandArguments arguments, string name, int least, int most) =>
        int.TryParse(
            arguments.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw new MistakenArgumentException(
                $"{name} is '{Quoted(arguments.Text(name))}'; it must be a number from {least} to {most}");

    /// <summary>What was typed may be long, or anything.</summary>
    private static string Quoted(string? word)
    {
        var text = word ?? "";
        var shown = new string([.. text.Take(LongestQuote).Select(c => char.IsControl(c) ? '?' : c)]);
        return text.Length > LongestQuote ? shown + "…" : shown;
    }
}
