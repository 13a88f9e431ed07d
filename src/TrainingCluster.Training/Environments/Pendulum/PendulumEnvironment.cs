using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.Pendulum;

/// <summary>
/// A pendulum that a weak motor has to swing up: the classic check of continuous control. Constants, Euler
/// step of 0.05 s and costs are those of Gymnasium's Pendulum-v1: torque ±2 N·m, speed ±8 rad/s, reward
/// −(angle² + 0.1·speed² + 0.001·torque²) of the state before the step, truncated after 200 steps, start
/// uniform in ±π and ±1. Action: torque as a share of 2 N·m. Observation: cosine, sine, speed.
/// </summary>
public sealed class PendulumEnvironment : IContinuousEnvironment
{
    public const int EpisodeSteps = 200;
    private const int Size = 3;
    private const double Gravity = 10;
    private const double MaximumSpeed = 8;
    private const double MaximumTorque = 2;
    private const double StepSeconds = 0.05;
    private readonly double[] _angles;
    private readonly double[] _speeds;
    private readonly int[] _steps;
    private RandomStream _random;

    public PendulumEnvironment(int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        Count = count;
        _angles = new double[count];
        _speeds = new double[count];
        _steps = new int[count];
        _random = seed.Stream();
    }

    public int Count { get; }

    public int ObservationSize => Size;

    public int ActionSize => 1;

    public void Reset(Span<float> observations)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            Begin(episode);
            Observe(episode, observations);
        }
    }

    public void Step(ReadOnlySpan<float> actions, VectorStep step)
    {
        ActionSpace.Require(actions, Count, 1);
        for (var episode = 0; episode < Count; episode++)
        {
            step.Rewards[episode] = (float)Move(episode, Math.Clamp(actions[episode], -1, 1));
            _steps[episode]++;
            step.Ends[episode] = _steps[episode] >= EpisodeSteps ? EpisodeEnd.Truncated : EpisodeEnd.None;
            if (step.Ends[episode] != EpisodeEnd.None)
            {
                Observe(episode, step.FinalObservations);
                Begin(episode);
            }

            Observe(episode, step.Observations);
        }
    }

    public void Tags(Span<int> tags) => tags[..Count].Clear();

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Count);
        StateCodec.Write(writer, _random.State);
        StateCodec.Write(writer, _angles);
        StateCodec.Write(writer, _speeds);
        StateCodec.Write(writer, _steps);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        StateCodec.Expect(reader.ReadInt32(), Count, "episodes");
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _angles);
        StateCodec.Read(reader, _speeds);
        StateCodec.Read(reader, _steps);
    }

    private double Move(int episode, double share)
    {
        ref var angle = ref _angles[episode];
        ref var speed = ref _speeds[episode];
        var torque = MaximumTorque * share;
        var fromTop = Math.IEEERemainder(angle, 2 * Math.PI);
        var cost = fromTop * fromTop + 0.1 * speed * speed + 0.001 * torque * torque;
        speed += (1.5 * Gravity * Math.Sin(angle) + 3 * torque) * StepSeconds;
        speed = Math.Clamp(speed, -MaximumSpeed, MaximumSpeed);
        angle += speed * StepSeconds;
        return -cost;
    }

    private void Begin(int episode)
    {
        _steps[episode] = 0;
        _angles[episode] = Math.PI * (2 * _random.NextDouble() - 1);
        _speeds[episode] = 2 * _random.NextDouble() - 1;
    }

    private void Observe(int episode, Span<float> observations)
    {
        var (sin, cos) = Math.SinCos(_angles[episode]);
        observations[episode * Size] = (float)cos;
        observations[episode * Size + 1] = (float)sin;
        observations[episode * Size + 2] = (float)_speeds[episode];
    }
}
