using Akka.Actor;

namespace Akka.Event;

/// <summary>Asks a logger to get ready; it answers <see cref="LoggerInitialized"/> to the sender.</summary>
public sealed class InitializeLogger(LoggingBus loggingBus) : INoSerializationVerificationNeeded
{
    public LoggingBus LoggingBus { get; } = loggingBus;
}

public sealed class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>Writes log entries to standard output; named in akka.loggers.</summary>
public class DefaultLogger : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case LogEvent entry:
                StandardOutLogger.PrintLogEvent(entry);
                return true;
            default:
                return false;
        }
    }
}

/// <summary>
/// Writes log entries to standard output on the publisher's thread; used while no logger actor runs.
/// </summary>
public sealed class StandardOutLogger
{
    private StandardOutLogger()
    {
    }

    internal static void PrintLogEvent(LogEvent logEvent) => Console.Out.WriteLine(logEvent.ToString());

    internal static IActorRef RefOf(IActorRefProvider provider) => new Ref(provider);

    private sealed class Ref(IActorRefProvider provider) : MinimalActorRef
    {
        public override ActorPath Path { get; } = provider.RootPath / "_StandardOutLogger";

        public override IActorRefProvider Provider { get; } = provider;

        protected override void TellInternal(object message, IActorRef? sender)
        {
            if (message is LogEvent entry)
                PrintLogEvent(entry);
        }
    }
}
