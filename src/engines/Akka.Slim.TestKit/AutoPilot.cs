using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Answers messages on behalf of a probe, on the probe's actor.</summary>
public abstract class AutoPilot
{
    /// <summary>The pilot for the next message; KeepRunning for this one, NoAutoPilot for none.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

public sealed class NoAutoPilot : AutoPilot
{
    public static readonly NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

public sealed class KeepRunning : AutoPilot
{
    public static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException(
            "KeepRunning stands for the pilot that returned it; it cannot run.");
}

public sealed class DelegateAutoPilot(Func<IActorRef, object, AutoPilot> autoPilotDelegate) : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => autoPilotDelegate(sender, message);
}
