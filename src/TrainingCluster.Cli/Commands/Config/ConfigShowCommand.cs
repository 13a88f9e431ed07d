using System.CommandLine;
using Spectre.Console;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Node.Configuration;

namespace TrainingCluster.Cli.Commands.Config;

/// <summary>`trainctl config show`: every setting that is in force, and which layer it came from.</summary>
internal static class ConfigShowCommand
{
    public static Command Create(CommandContext context)
    {
        var origin = new Option<bool>("--origin") { Description = "Say which layer each setting came from" };
        var command = new Command("show", "Show the settings in force") { origin };
        command.SetAction(parsed =>
        {
            var settings = SettingsSources.Load();
            var withOrigin = parsed.GetValue(origin);
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, [.. settings.Entries.Select(setting =>
                    new SettingDocument(setting.Key, setting.Value, withOrigin ? setting.Origin : null))]);
            }
            else
            {
                Write(context.Console.OutAnsi, settings, withOrigin);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, Settings settings, bool withOrigin)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("key", "value");
        if (withOrigin)
        {
            table.AddColumn("origin");
        }

        foreach (var setting in settings.Entries)
        {
            string[] cells = [setting.Key, setting.Value, setting.Origin];
            table.AddRow([.. cells.Take(withOrigin ? 3 : 2).Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    private sealed record SettingDocument(string Key, string Value, string? Origin);
}
