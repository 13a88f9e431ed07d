namespace Petabridge.Cmd.Wire;

/// <summary>What either side accepts of the other.</summary>
internal static class FrameLimits
{
    public const int ProtocolVersion = 1;

    /// <summary>Bytes of a frame that a client may send.</summary>
    public const int FromClient = 64 * 1024;

    /// <summary>Bytes of a frame that a host may send; longer texts are cut into parts.</summary>
    public const int FromHost = 4 * 1024 * 1024;

    /// <summary>Characters of one part of a text: even where each takes six bytes of JSON it fits a frame.</summary>
    public const int PartLength = 256 * 1024;

    public const int Words = 128;
}

/// <summary>Why a host ended a connection.</summary>
internal static class RefusalCodes
{
    public const string BadFrame = "bad_frame";
    public const string TooLarge = "too_large";
    public const string BadToken = "bad_token";
    public const string BadVersion = "bad_version";
    public const string TooManyConnections = "too_many_connections";
    public const string TooManyCommands = "too_many_commands";
    public const string TooSlow = "too_slow";
    public const string Stopping = "stopping";
}
