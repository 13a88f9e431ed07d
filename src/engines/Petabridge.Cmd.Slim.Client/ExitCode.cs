namespace Petabridge.Cmd.Client;

/// <summary>What a script can tell the outcome from. No public text states any: these are our choice.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command answered with an error.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or the command, is not what was understood.</summary>
    public const int Usage = 2;

    /// <summary>Nobody listens, or the host refused the client.</summary>
    public const int NoConnection = 3;

    /// <summary>No final answer in time, or the connection was lost before it.</summary>
    public const int NoAnswer = 4;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;

    public static int Of(string outcome) => outcome switch
    {
        "ok" => Done,
        "usage" => Usage,
        _ => Failed,
    };
}
