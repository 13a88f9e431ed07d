using System.Diagnostics.CodeAnalysis;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// Who asked for a change and under which name. The same name from the same asker is the same request, however often
/// it arrives.
/// </summary>
/// <param name="Id">Chosen by the asker; 1 to 200 printable ASCII characters.</param>
/// <param name="By">Who asked, as far as the door knows; 1 to 100 printable ASCII characters.</param>
public sealed record CommandOrigin(string Id, string By)
{
    public const int IdLengthMax = 200;

    public const int ByLengthMax = 100;

    public static bool IsId([NotNullWhen(true)] string? text) => IsPrintable(text, IdLengthMax);

    /// <summary>Why it cannot be taken, or null.</summary>
    internal string? Fault =>
        !IsId(Id) ? $"a command's id must be 1 to {IdLengthMax} printable ASCII characters"
        : !IsPrintable(By, ByLengthMax) ? $"the asker's name must be 1 to {ByLengthMax} printable ASCII characters"
        : null;

    private static bool IsPrintable([NotNullWhen(true)] string? text, int lengthMax) =>
        text is { Length: > 0 } && text.Length <= lengthMax && text.All(c => c is >= '!' and <= '~');
}
