using System.Collections.Immutable;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.LearningTests.Replay;

/// <summary>
/// Episodes that walk along numbered places: an observation shows the features of its place and, as the
/// agent's own entry, the last action. Lengths are random; one end in three is a termination.
/// </summary>
internal class WalkingEpisodes(int count, int features, int longest, Seed seed) : IVectorEnvironment
{
    private readonly RandomStream _random = seed.Stream();
    private readonly int[] _places = new int[count];
    private readonly int[] _left = new int[count];
    private readonly float[] _own = new float[count];

    public int Count => count;

    public int ObservationSize => features + 1;

    public int ActionCount => 3;

    public int OwnEntries => 1;

    public void Recall(int tag, Span<float> observation)
    {
        for (var i = 0; i < features; i++)
        {
            observation[i] = MathF.Sin(0.37f * tag + i);
        }
    }

    public void Reset(Span<float> observations)
    {
        for (var episode = 0; episode < count; episode++)
        {
            Begin(episode);
            Observe(episode, observations);
        }
    }

    public void Step(ReadOnlySpan<int> actions, VectorStep step)
    {
        for (var episode = 0; episode < count; episode++)
        {
            _own[episode] = actions[episode];
            _places[episode]++;
            step.Rewards[episode] = _places[episode] * 0.001f + actions[episode];
            step.Ends[episode] = --_left[episode] > 0 ? EpisodeEnd.None
                : _random.NextInt32(3) == 0 ? EpisodeEnd.Terminated : EpisodeEnd.Truncated;
            if (step.Ends[episode] != EpisodeEnd.None)
            {
                Observe(episode, step.FinalObservations);
                Begin(episode);
            }

            Observe(episode, step.Observations);
        }
    }

    public void Tags(Span<int> tags) => _places.CopyTo(tags);

    public byte[] SaveState() => throw new NotSupportedException();

    public void RestoreState(ReadOnlySpan<byte> state) => throw new NotSupportedException();

    private void Begin(int episode)
    {
        _places[episode] = _random.NextInt32(10_000);
        _left[episode] = 1 + _random.NextInt32(longest);
        _own[episode] = -1;
    }

    private void Observe(int episode, Span<float> observations)
    {
        var row = observations.Slice(episode * ObservationSize, ObservationSize);
        Recall(_places[episode], row);
        row[features] = _own[episode];
    }
}

/// <summary>The same episodes, whose observations a place and the own entry give back.</summary>
internal sealed class IndexedWalkingEpisodes(int count, int features, int longest, Seed seed)
    : WalkingEpisodes(count, features, longest, seed), IIndexedEnvironment;
