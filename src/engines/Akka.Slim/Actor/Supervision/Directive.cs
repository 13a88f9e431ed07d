namespace Akka.Actor;

/// <summary>What a supervisor does about a failed child.</summary>
public enum Directive
{
    /// <summary>The child goes on with its state; the failing message is lost.</summary>
    Resume,

    /// <summary>A new incarnation takes over the mailbox.</summary>
    Restart,

    /// <summary>The supervisor fails itself.</summary>
    Escalate,

    /// <summary>The child ends.</summary>
    Stop,
}
