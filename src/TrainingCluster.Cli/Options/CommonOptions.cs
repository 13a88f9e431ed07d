using System.CommandLine;
using System.CommandLine.Parsing;
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
        Description = "Form of the data on standard output: table, json, or csv where data are printed",
        HelpName = "table|json",
        Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Table,
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var format }]
                    && format.Equals("csv", StringComparison.OrdinalIgnoreCase)
                    && result.Parent is not CommandResult { Command.Name: "compute" or "generate" })
                {
                    result.AddError(
                        "--output csv is known to 'data compute' and 'data generate'; here it is table or json");
                }
            },
        },
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
