namespace Akka;

/// <summary>Stands where a type argument is required but no value is produced.</summary>
public sealed class NotUsed
{
    public static readonly NotUsed Instance = new();

    private NotUsed()
    {
    }
}
