using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.CartPole;

/// <summary>
/// Pole on a cart: the classic check that a learner learns. Equations of motion from Barto, Sutton,
/// Anderson 1983, "Neuronlike adaptive elements that can solve difficult learning control problems"
/// (appendix, without friction), with the constants and the Euler step of 0.02 s of Gymnasium's
/// CartPole-v1: reward 1 a step, terminated beyond ±2.4 m or ±12°, truncated after 500 steps, start uniform
/// in ±0.05. Actions: 0 pushes left, 1 right. Observation: position, velocity, angle, angular velocity.
/// </summary>
public sealed class CartPoleEnvironment : IVectorEnvironment
{
    public const int EpisodeSteps = 500;
    private const int Size = 4;
    private const double Gravity = 9.8;
    private const double PoleMass = 0.1;
    private const double TotalMass = 1.1;
    private const double HalfLength = 0.5;
    private const double Force = 10;
    private const double StepSeconds = 0.02;
    private const double PositionLimit = 2.4;
    private const double AngleLimit = 12 * 2 * Math.PI / 360;
    private readonly double[] _states;
    private readonly int[] _steps;
    private RandomStream _random;

    public CartPoleEnvironment(int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        Count = count;
        _states = new double[count * Size];
        _steps = new int[count];
        _random = seed.Stream();
    }

    public int Count { get; }

    public int ObservationSize => Size;

    public int ActionCount => 2;

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
        ActionSpace.Require(actions, Count, ActionCount);
        for (var episode = 0; episode < Count; episode++)
        {
            var state = _states.AsSpan(episode * Size, Size);
            Move(state, actions[episode]);
            _steps[episode]++;
            step.Rewards[episode] = 1;
            var fallen = Math.Abs(state[0]) > PositionLimit || Math.Abs(state[2]) > AngleLimit;
            step.Ends[episode] = fallen ? EpisodeEnd.Terminated
                : _steps[episode] >= EpisodeSteps ? EpisodeEnd.Truncated : EpisodeEnd.None;
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
        StateCodec.Write(writer, _states);
        StateCodec.Write(writer, _steps);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        StateCodec.Expect(reader.ReadInt32(), Count, "episodes");
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _states);
        StateCodec.Read(reader, _steps);
    }

    private static void Move(Span<double> state, int action)
    {
        var force = action == 1 ? Force : -Force;
        var (sin, cos) = Math.SinCos(state[2]);
        var push = (force + PoleMass * HalfLength * state[3] * state[3] * sin) / TotalMass;
        var turn = (Gravity * sin - cos * push)
            / (HalfLength * (4.0 / 3.0 - PoleMass * cos * cos / TotalMass));
        var drive = push - PoleMass * HalfLength * turn * cos / TotalMass;
        state[0] += StepSeconds * state[1];
        state[1] += StepSeconds * drive;
        state[2] += StepSeconds * state[3];
        state[3] += StepSeconds * turn;
    }

    private void Begin(int episode)
    {
        _steps[episode] = 0;
        for (var i = 0; i < Size; i++)
        {
            _states[episode * Size + i] = 0.1 * _random.NextDouble() - 0.05;
        }
    }

    private void Observe(int episode, Span<float> observations)
    {
        for (var i = episode * Size; i < (episode + 1) * Size; i++)
        {
            observations[i] = (float)_states[i];
        }
    }
}
