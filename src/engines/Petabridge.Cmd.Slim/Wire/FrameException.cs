namespace Petabridge.Cmd.Wire;

/// <summary>The other side broke the protocol.</summary>
internal sealed class FrameException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="RefusalCodes"/>.</summary>
    public string Code { get; } = code;
}
