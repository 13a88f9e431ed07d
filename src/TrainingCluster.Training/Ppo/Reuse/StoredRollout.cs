using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Ppo.Reuse;

/// <summary>
/// What is kept of a rollout: all that does not depend on the weights of today, and how probable the actions were
/// when they were taken. [step, episode] in every array.
/// </summary>
internal sealed class StoredRollout(int steps, int episodes, int observationSize)
{
    private readonly float[] _observations = new float[steps * episodes * observationSize];
    private readonly float[] _lastObservations = new float[episodes * observationSize];
    private readonly int[] _actions = new int[steps * episodes];
    private readonly float[] _logProbabilities = new float[steps * episodes];
    private readonly float[] _rewards = new float[steps * episodes];
    private readonly EpisodeEnd[] _ends = new EpisodeEnd[steps * episodes];
    private int[] _truncations = [];
    private float[] _finalObservations = [];

    public void Take(RolloutBuffer rollout)
    {
        rollout.RawObservations.CopyTo(_observations, 0);
        rollout.LastObservations.CopyTo(_lastObservations, 0);
        rollout.Actions.CopyTo(_actions, 0);
        rollout.LogProbabilities.CopyTo(_logProbabilities, 0);
        rollout.Rewards.CopyTo(_rewards, 0);
        rollout.Ends.CopyTo(_ends, 0);
        _truncations = [.. rollout.Truncations];
        _finalObservations = [.. rollout.FinalObservations];
    }

    /// <summary>Copies one episode's steps into a column of another rollout; its log-probabilities are those of the
    /// policy that acted, its observations are raw.</summary>
    public void CopyTo(RolloutBuffer target, int episode, int column)
    {
        for (var step = 0; step < steps; step++)
        {
            var (from, to) = (step * episodes + episode, step * target.Episodes + column);
            Row(_observations, from).CopyTo(Row(target.RawObservations, to));
            target.Actions[to] = _actions[from];
            target.LogProbabilities[to] = _logProbabilities[from];
            target.Rewards[to] = _rewards[from];
            target.Ends[to] = _ends[from];
        }

        Row(_lastObservations, episode).CopyTo(Row(target.LastObservations, column));
        for (var i = 0; i < _truncations.Length; i++)
        {
            if (_truncations[i] % episodes == episode)
            {
                target.Truncations.Add(_truncations[i] / episodes * target.Episodes + column);
                target.FinalObservations.AddRange(Row(_finalObservations, i));
            }
        }
    }

    public void Write(BinaryWriter writer)
    {
        StateCodec.Write(writer, _observations);
        StateCodec.Write(writer, _lastObservations);
        StateCodec.Write(writer, _actions);
        StateCodec.Write(writer, _logProbabilities);
        StateCodec.Write(writer, _rewards);
        StateCodec.Write(writer, _ends);
        StateCodec.Write(writer, _truncations);
        StateCodec.Write(writer, _finalObservations);
    }

    public void Read(BinaryReader reader)
    {
        StateCodec.Read(reader, _observations);
        StateCodec.Read(reader, _lastObservations);
        StateCodec.Read(reader, _actions);
        StateCodec.Read(reader, _logProbabilities);
        StateCodec.Read(reader, _rewards);
        StateCodec.Read(reader, _ends);
        _truncations = StateCodec.Read<int>(reader);
        _finalObservations = StateCodec.Read<float>(reader);
        StateCodec.Expect(
            _finalObservations.Length, _truncations.Length * observationSize, "entries of final observations");
    }

    private Span<float> Row(float[] rows, int row) => rows.AsSpan(row * observationSize, observationSize);
}
