using System.CommandLine;
using TrainingCluster.Cli.Errors;

namespace TrainingCluster.Cli.Output;

/// <summary>A report that a command writes as one HTML file.</summary>
internal static class PageFile
{
    public static Option<FileInfo?> Option() => new("--report")
    {
        Description = "Write a report as one HTML file",
        HelpName = "FILE",
    };

    /// <summary>Writes the page where a file was asked for and says so on standard error.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(CommandContext context, FileInfo? file, Func<string> render)
    {
        if (file is null)
        {
            return;
        }

        var page = render();
        try
        {
            File.WriteAllText(file.FullName, page);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(new UserError(
                ExitCode.Usage, "report.unwritable",
                $"the report {file.FullName} cannot be written: {refused.Message}")
            {
                Hints = ["name a file in a folder that exists and may be written to"],
            });
        }

        context.Console.Error.WriteLine($"report: {file.FullName}");
    }
}
