using System.Text;
using System.Text.Json;
using Petabridge.Cmd.Wire;

namespace Petabridge.Cmd.Client;

/// <summary>Writes the responses of one command: texts to the output, errors beside it.</summary>
internal sealed class ResponsePrinter(PbmConsole console, TextWriter output, bool asJson)
{
    private readonly StringBuilder _text = new();

    public async Task PrintAsync(ResponseFrame response)
    {
        _text.Append(response.Msg);
        if (response.IsPart)
        {
            return;
        }

        var text = _text.ToString();
        _text.Clear();
        if (asJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new
            {
                msg = text,
                final = response.Outcome is not null,
                outcome = response.Outcome,
            })).ConfigureAwait(false);
        }
        else if (response.Outcome is null or ResponseFrame.Ok)
        {
            if (text.Length > 0 || response.Outcome is null)
            {
                await output.WriteLineAsync(console.IsScreen ? Harmless(text) : text).ConfigureAwait(false);
            }
        }
        else
        {
            await console.Error.WriteLineAsync("error: " + Harmless(text)).ConfigureAwait(false);
        }

        await output.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>A log entry may hold anything; a screen obeys escapes.</summary>
    public static string Harmless(string text) =>
        string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) && from[i] is not ('\n' or '\t') ? '?' : from[i];
            }
        });
}
