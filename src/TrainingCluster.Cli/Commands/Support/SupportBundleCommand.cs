using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Stores;
using TrainingCluster.Node.Configuration;
using TrainingCluster.Node.Support;

namespace TrainingCluster.Cli.Commands.Support;

/// <summary>
/// `trainctl support bundle FILE`: what somebody who helps needs to see, in one zip without secrets: versions,
/// settings, the newest runs, the state of the store, the ends of the logs.
/// </summary>
internal static class SupportBundleCommand
{
    private const int RunsMax = 20;
    private const int LogBytesMax = 256 * 1024;

    public static Command Create(CommandContext context)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The zip to write; must not be there yet" };
        var command = new Command("bundle", "Gather what somebody who helps needs, without secrets") { file };
        command.SetAction(parsed =>
        {
            var target = parsed.GetRequiredValue(file);
            if (target.Exists)
            {
                throw new UserErrorException(new UserError(
                    ExitCode.Conflict, "support.exists", $"{target.Name} is there already; name another file"));
            }

            var state = parsed.GetRequiredValue(CommonOptions.State).FullName;
            var redaction = RedactionFor(state);
            using (var zip = ZipFile.Open(target.FullName, ZipArchiveMode.Create))
            {
                foreach (var (name, text) in Parts(state))
                {
                    using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                    writer.Write(redaction.Apply(text));
                }
            }

            context.Console.Out.WriteLine(target.FullName);
            return ExitCode.Success;
        });
        return command;
    }

    private static Redaction RedactionFor(string state) => new(new Dictionary<string, string>
    {
        [Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)] = "HOME",
        [Environment.MachineName] = "MACHINE",
        [state] = "STATE",
    });

    private static IEnumerable<(string Name, string Text)> Parts(string state)
    {
        yield return ("about.txt", string.Create(CultureInfo.InvariantCulture,
            $"trainctl {ProductVersion.Text}\n{RuntimeInformation.FrameworkDescription}\n"
                + $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}\n"
                + $"{Environment.ProcessorCount} processors\n"));
        yield return ("settings.txt", Attempt(() => string.Concat(
            SettingsSources.Load().Entries.Select(setting =>
                $"{setting.Key} = {setting.Value}  # {setting.Origin}\n"))));
        yield return ("runs.json", Attempt(() => Json(
            StateReader.Open(state).Runs().Take(RunsMax).Select(run => RunDocument.Of(run)).ToArray())));
        yield return ("store.json", Attempt(() => Json(StoreCheck.Run(StateReader.Open(state)))));
        var logs = Path.Combine(state, "logs");
        if (Directory.Exists(logs))
        {
            foreach (var log in Directory.EnumerateFiles(logs, "*.log").Order(StringComparer.Ordinal))
            {
                yield return ($"logs/{Path.GetFileName(log)}", Attempt(() => EndOf(log)));
            }
        }
    }

    // What is broken is what somebody needs help with: its words take its place.
    private static string Attempt(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or StateDirectoryException
            or JournalCorruptException or SettingsException)
        {
            return broken.Message + "\n";
        }
    }

    private static string Json(object document) => JsonSerializer.Serialize(document, JsonOutput.Options);

    private static string EndOf(string log)
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(stream.Length, LogBytesMax), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
