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

        var lines = error.Message.Split('\n');
        writer.WriteLine($"error: {lines[0].TrimEnd()}");
        foreach (var detail in lines.Skip(1).Concat(error.Details))
        {
            writer.WriteLine($"  {detail.TrimEnd()}");
        }

        var lead = "hint: ";
        foreach (var hint in error.Hints)
        {
            writer.WriteLine($"{lead}{hint}");
            lead = "      ";
        }

        writer.WriteLine($"code: {error.Code}");
    }

    /// <summary>The shape of RFC 9457.</summary>
    private static JsonObject Problem(UserError error) => new()
    {
        ["type"] = "about:blank",
        ["title"] = error.Message.Split('\n')[0],
        ["code"] = error.Code,
        ["exitCode"] = error.ExitCode,
        ["detail"] = error.Message,
        ["errors"] = JsonSerializer.SerializeToNode(error.Details, JsonOutput.Options),
        ["hints"] = JsonSerializer.SerializeToNode(error.Hints, JsonOutput.Options),
    };
}
