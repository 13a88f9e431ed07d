using System.Text.Json;
using System.Text.Json.Nodes;
using TrainingCluster.Cli.Output;

namespace TrainingCluster.Cli.Errors;

/// <summary>Writes an error to standard error; standard output stays empty, whatever the format.</summary>
internal static class ErrorPrinter
{
    public static void Print(TextWriter writer, UserError error, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            writer.WriteLine(Problem(error).ToJsonString(JsonOutput.Options));
            return;
        }

        writer.WriteLine($"error: {Title(error)}");
        foreach (var detail in Details(error))
        {
            writer.WriteLine($"  {detail}");
        }

        var lead = "hint: ";
        foreach (var hint in error.Hints)
        {
            writer.WriteLine($"{lead}{hint}");
            lead = "      ";
        }

        writer.WriteLine($"code: {error.Code}");
    }

    private static string Title(UserError error) => error.Message.Split('\n')[0].Trim();

    // A message of several lines is a headline and its particulars.
    private static string[] Details(UserError error) =>
        [.. error.Message.Split('\n').Skip(1).Concat(error.Details).Select(line => line.Trim())];

    /// <summary>The shape of RFC 9457.</summary>
    private static JsonObject Problem(UserError error) => new()
    {
        ["type"] = "about:blank",
        ["title"] = Title(error),
        ["code"] = error.Code,
        ["exitCode"] = error.ExitCode,
        ["detail"] = error.Message,
        ["errors"] = JsonSerializer.SerializeToNode(Details(error), JsonOutput.Options),
        ["hints"] = JsonSerializer.SerializeToNode(error.Hints, JsonOutput.Options),
    };
}
