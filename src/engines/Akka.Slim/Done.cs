namespace Akka;

/// <summary>The value of an operation that completed and has no other result.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
