using System.CommandLine;
using TrainingCluster.Cli.Output;

namespace TrainingCluster.Cli.Options;

/// <summary>The options that every command understands.</summary>
internal static class CommonOptions
{
    public static Option<DirectoryInfo> State { get; } = new("--state")
    {
        Description = "State directory: journal, artifacts, checkpoints, reports",
        HelpName = "DIR",
        Recursive = true,
        DefaultValueFactory = _ => new DirectoryInfo(".training"),
    };

    public static Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "Form of the data on standard output: table or json",
        HelpName = "table|json",
        Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Only data and errors",
        Recursive = true,
    };

    public static Option<bool> Debug { get; } = new("--debug")
    {
        Description = "Show stack traces of unexpected errors",
        Recursive = true,
    };
}
