namespace TrainingCluster.EngineTests.Serialization;

/// <summary>
/// What the engine's own messages are called between nodes, now and for ever: lines may be added, and the
/// names of types may change; a number with its name never does.
/// </summary>
internal static class EngineMessages
{
    public static readonly IReadOnlyList<string> All =
    [
        "16 boolean System.Boolean",
        "16 double System.Double",
        "16 ref Akka.Actor.IActorRef",
        "16 done Akka.Done",
        "16 not-used Akka.NotUsed",
        "16 poison-pill Akka.Actor.PoisonPill",
        "16 kill Akka.Actor.Kill",
        "16 identify Akka.Actor.Identify",
        "16 identity Akka.Actor.ActorIdentity",
        "16 success Akka.Actor.Status+Success",
        "16 failure Akka.Actor.Status+Failure",
        "16 selection Akka.Actor.ActorSelectionMessage",
    ];
}
