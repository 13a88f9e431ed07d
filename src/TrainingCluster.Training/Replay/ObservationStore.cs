using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Replay;

/// <summary>The observations before and after each kept transition, by slot.</summary>
internal abstract class ObservationStore
{
    /// <summary>Bytes held.</summary>
    public abstract long Bytes { get; }

    /// <summary>Copies where the environment cannot give observations back, else indices.</summary>
    /// <param name="tags">[slot]: of the observation before; the caller's, who fills it.</param>
    public static ObservationStore For(IEpisodeVector environment, int[] tags) =>
        environment is IIndexedEnvironment indexed
            ? new IndexedObservations(indexed, tags)
            : new CopiedObservations(environment.ObservationSize, tags.Length);

    public abstract void Put(int slot, ReadOnlySpan<float> observation, ReadOnlySpan<float> next);

    /// <summary>Writes the observation that the action was chosen by.</summary>
    public abstract void Before(int slot, Span<float> target);

    /// <summary>Writes the observation after the step.</summary>
    public abstract void After(int slot, Span<float> target);

    /// <summary>Writes the first slots.</summary>
    public abstract void Write(BinaryWriter writer, int slots);

    public abstract void Read(BinaryReader reader, int slots);
}

/// <summary>Keeps both observations of each transition.</summary>
internal sealed class CopiedObservations(int size, int slots) : ObservationStore
{
    private readonly float[] _before = new float[(long)slots * size];
    private readonly float[] _after = new float[(long)slots * size];

    public override long Bytes => 2L * _before.Length * sizeof(float);

    public override void Put(int slot, ReadOnlySpan<float> observation, ReadOnlySpan<float> next)
    {
        observation.CopyTo(_before.AsSpan(slot * size, size));
        next.CopyTo(_after.AsSpan(slot * size, size));
    }

    public override void Before(int slot, Span<float> target) =>
        _before.AsSpan(slot * size, size).CopyTo(target);

    public override void After(int slot, Span<float> target) =>
        _after.AsSpan(slot * size, size).CopyTo(target);

    public override void Write(BinaryWriter writer, int slots)
    {
        StateCodec.Write<float>(writer, _before.AsSpan(0, slots * size));
        StateCodec.Write<float>(writer, _after.AsSpan(0, slots * size));
    }

    public override void Read(BinaryReader reader, int slots)
    {
        StateCodec.ReadInto<float>(reader, _before.AsSpan(0, slots * size));
        StateCodec.ReadInto<float>(reader, _after.AsSpan(0, slots * size));
    }
}

/// <summary>
/// Keeps the agent's own entries of each observation; the environment gives the rest back by its tag.
/// </summary>
internal sealed class IndexedObservations : ObservationStore
{
    private readonly IIndexedEnvironment _environment;
    private readonly int _shared;
    private readonly int _own;
    private readonly int[] _tags;
    private readonly float[] _before;
    private readonly float[] _after;

    public IndexedObservations(IIndexedEnvironment environment, int[] tags)
    {
        (_environment, _tags) = (environment, tags);
        _own = environment.OwnEntries;
        _shared = environment.ObservationSize - _own;
        _before = new float[(long)tags.Length * _own];
        _after = new float[(long)tags.Length * _own];
    }

    public override long Bytes => 2L * _before.Length * sizeof(float);

    public override void Put(int slot, ReadOnlySpan<float> observation, ReadOnlySpan<float> next)
    {
        observation[_shared..].CopyTo(_before.AsSpan(slot * _own, _own));
        next[_shared..].CopyTo(_after.AsSpan(slot * _own, _own));
    }

    public override void Before(int slot, Span<float> target) => Recall(_tags[slot], _before, slot, target);

    public override void After(int slot, Span<float> target) => Recall(_tags[slot] + 1, _after, slot, target);

    public override void Write(BinaryWriter writer, int slots)
    {
        StateCodec.Write<float>(writer, _before.AsSpan(0, slots * _own));
        StateCodec.Write<float>(writer, _after.AsSpan(0, slots * _own));
    }

    public override void Read(BinaryReader reader, int slots)
    {
        StateCodec.ReadInto<float>(reader, _before.AsSpan(0, slots * _own));
        StateCodec.ReadInto<float>(reader, _after.AsSpan(0, slots * _own));
    }

    private void Recall(int tag, float[] own, int slot, Span<float> target)
    {
        _environment.Recall(tag, target);
        own.AsSpan(slot * _own, _own).CopyTo(target[_shared..]);
    }
}
