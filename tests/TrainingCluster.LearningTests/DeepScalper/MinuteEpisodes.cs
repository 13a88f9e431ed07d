using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.LearningTests.DeepScalper;

/// <summary>
/// A small market of minute bars for branches of price level and quantity: sessions of 60 bars, episodes of up
/// to 40. Only what a learner has to cope with; fills and fees are no concern of it.
/// </summary>
internal sealed class MinuteEpisodes : IBranchingEnvironment, IIndexedEnvironment
{
    public const int Bars = 1200;
    public const int SessionBars = 60;
    private const int Window = 4;
    private readonly double[] _closes = new double[Bars];
    private readonly int[] _bars;
    private readonly int[] _left;
    private readonly float[] _positions;
    private RandomStream _random;

    public MinuteEpisodes(int count, Seed seed)
    {
        Count = count;
        (_bars, _left, _positions) = (new int[count], new int[count], new float[count]);
        _random = seed.Stream();
        var (noise, price, scale) = (new Seed(11).Stream(), 100.0, 1e-3);
        for (var bar = 0; bar < Bars; bar++)
        {
            scale = Math.Exp(0.95 * Math.Log(scale) + 0.05 * Math.Log(1e-3) + 0.2 * noise.NextGaussian());
            price *= Math.Exp(scale * noise.NextGaussian());
            _closes[bar] = price;
        }
    }

    public static DeepScalperLayout Layout { get; } = new(new EntryRange(0, 3), new EntryRange(3, 2), 4);

    public DeepScalperMarket Market => new(
        [.. _closes], [.. Enumerable.Range(0, Bars).Select(bar => bar / SessionBars)],
        new IndexRange(0, Bars));

    public int Count { get; }

    public int ObservationSize => 5;

    public int OwnEntries => 1;

    public ImmutableArray<int> Branches => [3, 2];

    public void Recall(int tag, Span<float> observation)
    {
        for (var i = 0; i < Window; i++)
        {
            observation[i] = (float)(1000 * Math.Log(_closes[tag - i] / _closes[tag - i - 1]));
        }
    }

    public void Reset(Span<float> observations)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            Begin(episode);
            Observe(episode, observations);
        }
    }

    public void Step(ReadOnlySpan<int> actions, VectorStep step)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            _positions[episode] = (actions[2 * episode] - 1) * actions[2 * episode + 1];
            _bars[episode]++;
            var bar = _bars[episode];
            step.Rewards[episode] = (float)(100 * _positions[episode] * (_closes[bar] / _closes[bar - 1] - 1));
            step.Ends[episode] = --_left[episode] > 0 ? EpisodeEnd.None : EpisodeEnd.Truncated;
            if (step.Ends[episode] != EpisodeEnd.None)
            {
                Observe(episode, step.FinalObservations);
                Begin(episode);
            }

            Observe(episode, step.Observations);
        }
    }

    public void Tags(Span<int> tags) => _bars.CopyTo(tags);

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _random.State);
        StateCodec.Write(writer, _bars);
        StateCodec.Write(writer, _left);
        StateCodec.Write(writer, _positions);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _bars);
        StateCodec.Read(reader, _left);
        StateCodec.Read(reader, _positions);
    }

    private void Begin(int episode)
    {
        _left[episode] = 10 + _random.NextInt32(30);
        _bars[episode] = Window + 1 + _random.NextInt32(Bars - _left[episode] - Window - 2);
        _positions[episode] = 0;
    }

    private void Observe(int episode, Span<float> observations)
    {
        var row = observations.Slice(episode * ObservationSize, ObservationSize);
        Recall(_bars[episode], row);
        row[4] = _positions[episode];
    }
}
