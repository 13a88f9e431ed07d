using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// Lets a policy act in an environment and writes down what happened. Its state between two rollouts is the
/// environment's, the raw observations that the next actions are based on, and the stream that draws actions.
/// </summary>
public sealed class RolloutCollector
{
    private readonly IVectorEnvironment _environment;
    private readonly DenseActivations _policyScratch;
    private readonly RolloutValues _values;
    private readonly DenseActivations _finalScratch;
    private readonly VectorStep _step;
    private readonly float[] _observations;
    private readonly float[] _scaled;
    private readonly float[] _finalScaled;
    private readonly int[] _actions;
    private readonly double[] _running;
    private RandomStream _random;

    /// <param name="second">Computes half of the values; null: the caller's thread computes all.</param>
    public RolloutCollector(
        IVectorEnvironment environment, PpoNetwork shape, Seed seed, SecondThread? second = null)
    {
        _environment = environment;
        _policyScratch = new DenseActivations(shape.Policy, environment.Count);
        _values = new RolloutValues(shape, second);
        _finalScratch = new DenseActivations(shape.Value, 1);
        _step = new VectorStep(environment.Count, environment.ObservationSize);
        _observations = new float[environment.Count * environment.ObservationSize];
        _scaled = new float[_observations.Length];
        _finalScaled = new float[environment.ObservationSize];
        _actions = new int[environment.Count];
        _running = new double[environment.Count];
        _random = seed.Stream();
        environment.Reset(_observations);
    }

    /// <summary>Fills the buffer, advantages and returns included.</summary>
    public RolloutStatistics Collect(
        PpoNetwork network, ObservationNormalizer? normalizer, PpoOptions options, RolloutBuffer buffer)
    {
        var (rewards, finished, returns) = (0.0, 0, 0.0);
        buffer.Truncations.Clear();
        buffer.FinalObservations.Clear();
        for (var step = 0; step < buffer.Steps; step++)
        {
            Act(network, normalizer, buffer, step * buffer.Episodes);
            Advance(network, normalizer, buffer, step * buffer.Episodes);
            for (var episode = 0; episode < buffer.Episodes; episode++)
            {
                rewards += _step.Rewards[episode];
                _running[episode] += _step.Rewards[episode];
                if (_step.Ends[episode] != EpisodeEnd.None)
                {
                    finished++;
                    returns += _running[episode];
                    _running[episode] = 0;
                }
            }
        }

        _observations.CopyTo(buffer.LastObservations, 0);
        Scale(normalizer, _observations, _scaled);
        _values.Fill(network, buffer.Observations, buffer.Values);
        _values.Fill(network, _scaled, buffer.LastValues);
        GeneralizedAdvantage.Compute(
            buffer.Rewards, buffer.Values, buffer.Ends, buffer.FinalValues, buffer.LastValues,
            options.Gamma, options.Lambda, buffer.Advantages, buffer.Returns);
        return new RolloutStatistics(rewards / buffer.Count, finished, finished == 0 ? null
            : returns / finished);
    }

    public void Write(BinaryWriter writer)
    {
        StateCodec.Write(writer, _environment.SaveState());
        StateCodec.Write(writer, _observations);
        StateCodec.Write(writer, _running);
        StateCodec.Write(writer, _random.State);
    }

    public void Read(BinaryReader reader)
    {
        _environment.RestoreState(StateCodec.Read<byte>(reader));
        StateCodec.Read(reader, _observations);
        StateCodec.Read(reader, _running);
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
    }

    /// <summary>Shows the environment's present again after its columns have changed under it.</summary>
    /// <param name="observe">Rewrites the raw observations [episode, entry].</param>
    public void Refresh(Action<float[]> observe) => observe(_observations);

    private void Act(PpoNetwork network, ObservationNormalizer? normalizer, RolloutBuffer buffer, int at)
    {
        var (episodes, size, actions) = (buffer.Episodes, buffer.ObservationSize, network.Options.Actions);
        Scale(normalizer, _observations, _scaled);
        _observations.CopyTo(buffer.RawObservations, at * size);
        _scaled.CopyTo(buffer.Observations, at * size);
        _environment.Tags(buffer.Tags.AsSpan(at, episodes));
        var logits = network.Logits(_scaled, episodes, _policyScratch);
        Span<float> logs = stackalloc float[actions];
        for (var episode = 0; episode < episodes; episode++)
        {
            Categorical.LogProbabilities(logits.Slice(episode * actions, actions), logs);
            _actions[episode] = Categorical.Sample(logs, _random.NextDouble());
            buffer.Actions[at + episode] = _actions[episode];
            buffer.LogProbabilities[at + episode] = logs[_actions[episode]];
        }
    }

    private void Advance(PpoNetwork network, ObservationNormalizer? normalizer, RolloutBuffer buffer, int at)
    {
        var size = buffer.ObservationSize;
        _environment.Step(_actions, _step);
        _step.Rewards.CopyTo(buffer.Rewards, at);
        _step.Ends.CopyTo(buffer.Ends, at);
        _step.Observations.CopyTo(_observations, 0);
        for (var episode = 0; episode < buffer.Episodes; episode++)
        {
            buffer.FinalValues[at + episode] = 0;
            if (_step.Ends[episode] == EpisodeEnd.Truncated)
            {
                var final = _step.FinalObservations.AsSpan(episode * size, size);
                buffer.Truncations.Add(at + episode);
                buffer.FinalObservations.AddRange(final);
                Scale(normalizer, final, _finalScaled);
                buffer.FinalValues[at + episode] = network.Values(_finalScaled, 1, _finalScratch)[0];
            }
        }
    }

    /// <summary>As a policy sees observations; without a normaliser as they are.</summary>
    internal static void Scale(ObservationNormalizer? normalizer, ReadOnlySpan<float> from, Span<float> to)
    {
        if (normalizer is null)
        {
            from.CopyTo(to);
        }
        else
        {
            normalizer.Apply(from, to);
        }
    }
}

/// <summary>What a rollout brought in.</summary>
/// <param name="MeanReward">Per step.</param>
/// <param name="FinishedEpisodes">Episodes that ended in it.</param>
/// <param name="MeanReturn">Undiscounted return of those episodes; null where none ended.</param>
public readonly record struct RolloutStatistics(double MeanReward, int FinishedEpisodes, double? MeanReturn);
