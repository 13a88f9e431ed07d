using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>
/// Lets an algorithm act and fills the replay. Its state between two rounds is the environment's, the
/// observations that the next actions are based on, and the stream that draws actions.
/// </summary>
internal sealed class ExperienceCollector
{
    private readonly IEpisodeVector _environment;
    private readonly ActionPort _port;
    private readonly ReplayBuffer _replay;
    private readonly VectorStep _step;
    private readonly float[] _observations;
    private readonly float[] _scaled;
    private readonly float[] _actions;
    private readonly int[] _tags;
    private readonly double[] _running;
    private readonly bool _learnsScaling;
    private RandomStream _random;

    /// <param name="learnsScaling">Let a scaling take in what is met; else it stays as it is.</param>
    public ExperienceCollector(
        IEpisodeVector environment, ActionPort port, ReplayBuffer replay, Seed seed, bool learnsScaling = true)
    {
        (_environment, _port, _replay, _learnsScaling) = (environment, port, replay, learnsScaling);
        _step = new VectorStep(environment.Count, environment.ObservationSize);
        _observations = new float[environment.Count * environment.ObservationSize];
        _scaled = new float[_observations.Length];
        _actions = new float[environment.Count * port.Size];
        _tags = new int[environment.Count];
        _running = new double[environment.Count];
        _random = seed.Stream();
        environment.Reset(_observations);
    }

    /// <summary>Advances every episode once.</summary>
    /// <param name="taken">Steps over all episodes so far.</param>
    /// <param name="warmUp">Act at random.</param>
    public void Advance(
        IOffPolicyAlgorithm algorithm, ObservationNormalizer? normalizer, long taken, bool warmUp,
        ref CollectedReturns returns)
    {
        if (warmUp)
        {
            _port.Random(_actions, _random);
        }
        else
        {
            normalizer?.Apply(_observations, _scaled);
            var seen = normalizer is null ? _observations : _scaled;
            algorithm.Explore(seen, _environment.Count, taken, _random, _actions);
        }

        _environment.Tags(_tags);
        _port.Step(_actions, _step);
        _replay.Add(new Transitions(_observations, _tags, _actions, _step));
        if (_learnsScaling)
        {
            normalizer?.Absorb(_observations);
        }

        for (var episode = 0; episode < _running.Length; episode++)
        {
            _running[episode] += _step.Rewards[episode];
            if (_step.Ends[episode] != EpisodeEnd.None)
            {
                returns = returns.Plus(_running[episode]);
                _running[episode] = 0;
            }
        }

        _step.Observations.CopyTo(_observations, 0);
    }

    /// <summary>Sees the current observations again, after what they are made of has changed.</summary>
    public void Refresh(Action<float[]> observe) => observe(_observations);

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
}

/// <summary>Returns of the episodes that ended.</summary>
public readonly record struct CollectedReturns(int Episodes, double Sum)
{
    public CollectedReturns Plus(double episodeReturn) => new(Episodes + 1, Sum + episodeReturn);

    /// <summary>NaN where none ended.</summary>
    public double Mean => Sum / Episodes;
}
