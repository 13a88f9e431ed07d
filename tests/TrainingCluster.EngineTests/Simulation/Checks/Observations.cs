namespace TrainingCluster.EngineTests.Simulation.Checks;

/// <summary>Something that happened in the world and that a rule speaks of.</summary>
internal abstract record Observation;

/// <param name="Key">Of what there must be only one.</param>
/// <param name="Instance">Counts all instances of all keys.</param>
/// <param name="OthersWithRight">Other instances of the key that have not ended and whose node may still act.</param>
internal sealed record ActorBegins(string Key, long Instance, IReadOnlyList<long> OthersWithRight) : Observation;

/// <summary>The instance has rebuilt its state and acts on it from now on.</summary>
internal sealed record Recovered(string PersistenceId, string Writer) : Observation;

internal sealed record FenceWon(string PersistenceId, string Writer, long Epoch) : Observation;

/// <param name="PersistenceId">Whose journal.</param>
/// <param name="Writer">Who wrote it.</param>
/// <param name="Number">Its sequence number.</param>
/// <param name="Text">The event, each of which happens once.</param>
internal sealed record EventStored(string PersistenceId, string Writer, long Number, string Text) : Observation;

/// <summary>A client was told that the event is stored.</summary>
internal sealed record EventAcknowledged(string PersistenceId, string Text) : Observation;

internal sealed record AnswerTaken(string Client, string Key, long Instance) : Observation;

internal sealed record NoteHeard(int From, int To, long Number) : Observation;

/// <summary>A rule was broken.</summary>
internal sealed class ViolationException(string message) : Exception(message);

/// <summary>Watches whether a rule holds; knows only what it was shown.</summary>
internal interface IChecker
{
    /// <exception cref="ViolationException">It does not.</exception>
    void See(Observation observation);
}
