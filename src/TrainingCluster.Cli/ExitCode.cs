namespace TrainingCluster.Cli;

/// <summary>What the program's exit code says; `trainctl help exit-codes` prints the same.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It was tried and it failed.</summary>
    public const int Failed = 1;

    /// <summary>The words or the configuration were wrong; nothing was attempted.</summary>
    public const int Usage = 2;

    /// <summary>Nothing, or more than one thing, goes by the name.</summary>
    public const int NotFound = 3;

    /// <summary>Not allowed: a directory that cannot be written.</summary>
    public const int Permission = 4;

    /// <summary>The data, a checksum or a gate did not pass.</summary>
    public const int CheckFailed = 5;

    /// <summary>Something else holds what is needed.</summary>
    public const int Conflict = 6;

    /// <summary>Waited for as long as was asked for; the work may go on.</summary>
    public const int TimedOut = 7;

    /// <summary>The cluster does not answer.</summary>
    public const int Unreachable = 8;

    /// <summary>Some of the jobs succeeded and some did not.</summary>
    public const int Partial = 9;

    public const int Interrupted = 130;

    public const int Terminated = 143;
}
