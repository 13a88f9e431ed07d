using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// Exceptions between nodes: type and text. The few types that callers tell apart come back as themselves,
/// any other as <see cref="RemoteFailureException"/>: a name off the wire never makes a type.
/// </summary>
internal static class FailureCauses
{
    /// <summary>Characters; a long text must not make the whole answer too large to send.</summary>
    private const int LongestText = 4096;

    public static void Write(MessageWriter writer, Exception? cause)
    {
        writer.Boolean(cause is not null);
        if (cause is null)
        {
            return;
        }

        var (type, text) = cause is RemoteFailureException remote
            ? (remote.TypeName, remote.Text)
            : (cause.GetType().FullName ?? cause.GetType().Name, cause.Message);
        writer.Text(type);
        writer.Text(text.Length > LongestText ? text[..LongestText] : text);
    }

    public static Exception? Read(MessageReader reader)
    {
        if (!reader.Boolean())
        {
            return null;
        }

        var type = reader.Text();
        var text = reader.Text();
        return type switch
        {
            "System.TimeoutException" => new TimeoutException(text),
            "System.ArgumentException" => new ArgumentException(text),
            "System.InvalidOperationException" => new InvalidOperationException(text),
            "System.NotSupportedException" => new NotSupportedException(text),
            "System.OperationCanceledException" or "System.Threading.Tasks.TaskCanceledException" =>
                new OperationCanceledException(text),
            "Akka.Actor.AskTimeoutException" => new AskTimeoutException(text),
            "Akka.Actor.ActorNotFoundException" => new ActorNotFoundException(text),
            "Akka.Actor.IllegalActorStateException" => new IllegalActorStateException(text),
            _ => new RemoteFailureException(type, text),
        };
    }
}

/// <summary>What an actor of another node failed with.</summary>
internal sealed class RemoteFailureException(string typeName, string text)
    : AkkaException($"{typeName}: {text}")
{
    public string TypeName { get; } = typeName;

    public string Text { get; } = text;
}
