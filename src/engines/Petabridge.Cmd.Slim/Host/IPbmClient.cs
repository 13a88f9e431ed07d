namespace Petabridge.Cmd.Host;

/// <summary>Runs commands as the <c>pbm</c> program does.</summary>
public interface IPbmClient : IDisposable
{
    /// <summary>Runs a line such as <c>cluster tail</c>. Ending the enumeration ends the command.</summary>
    /// <returns>Responses of which the last is final.</returns>
    IAsyncEnumerable<CommandResponse> ExecuteTextAsync(string line, CancellationToken cancellationToken = default);
}
