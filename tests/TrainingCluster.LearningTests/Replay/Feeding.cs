using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.LearningTests.Replay;

/// <summary>Fills replay buffers by random play.</summary>
internal sealed class Feeding
{
    private readonly IVectorEnvironment _environment;
    private readonly RandomStream _random;
    private readonly float[] _observations;
    private readonly int[] _tags;

    public Feeding(IVectorEnvironment environment, Seed seed)
    {
        (_environment, _random) = (environment, seed.Stream());
        _observations = new float[environment.Count * environment.ObservationSize];
        _tags = new int[environment.Count];
        environment.Reset(_observations);
    }

    public void Into(ReplayBuffer buffer, int steps)
    {
        var step = new VectorStep(_environment.Count, _environment.ObservationSize);
        var (choices, actions) = (new int[_environment.Count], new float[_environment.Count]);
        for (var i = 0; i < steps; i++)
        {
            for (var episode = 0; episode < choices.Length; episode++)
            {
                choices[episode] = _random.NextInt32(_environment.ActionCount);
                actions[episode] = choices[episode];
            }

            _environment.Tags(_tags);
            _environment.Step(choices, step);
            buffer.Add(new Transitions(_observations, _tags, actions, step));
            step.Observations.CopyTo(_observations, 0);
        }
    }
}
