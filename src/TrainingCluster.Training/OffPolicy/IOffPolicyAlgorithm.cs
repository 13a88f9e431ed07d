using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>What differs between learners from replay: how they act and what an update is.</summary>
internal interface IOffPolicyAlgorithm
{
    /// <summary>"dqn", "sac" …: for messages.</summary>
    string Name { get; }

    /// <summary>Parameters that the greedy policy depends on.</summary>
    ReadOnlySpan<float> PolicyParameters { get; }

    /// <summary>The networks of <see cref="Learned"/> in their order, the policy's first.</summary>
    ImmutableArray<NamedNetwork> Networks { get; }

    /// <summary>Names of single numbers that come after the networks in <see cref="Learned"/>.</summary>
    ImmutableArray<string> Numbers => [];

    /// <summary>A copy of all that is learned: the policy's parameters, then those that only learning needs
    /// (critics).</summary>
    float[] Learned();

    /// <summary>Begins with what another learner of the same shape has learned; slow copies begin equal.</summary>
    /// <exception cref="InvalidDataException">It is of another shape.</exception>
    void Begin(ReadOnlySpan<float> learned);

    /// <summary>Chooses actions to learn from.</summary>
    /// <param name="observations">[episode, entry], as the policy sees them.</param>
    /// <param name="step">Steps over all episodes so far.</param>
    /// <param name="actions">[episode, entry], overwritten.</param>
    void Explore(
        ReadOnlySpan<float> observations, int episodes, long step, RandomStream random,
        Span<float> actions);

    /// <summary>Called after the steps of a round.</summary>
    /// <param name="before">Steps before the round.</param>
    /// <param name="after">Steps after it.</param>
    void Collected(long before, long after);

    /// <summary>One update. Where the step asks for slopes by the observations, they are those of every loss that the
    /// observations are part of: the values' error, and an actor's own loss by what the actor reads.</summary>
    /// <param name="errors">[row]: receives |δ| of the batch's transitions.</param>
    UpdateTerms Update(ReplayBatch batch, UpdateStep step, Span<float> errors);

    /// <summary>A policy that always takes the best action, over a copy of parameters that begin with the
    /// policy's.</summary>
    IGreedyPolicy Policy(ReadOnlySpan<float> parameters);

    void Write(BinaryWriter writer);

    /// <exception cref="InvalidDataException">The state belongs to an algorithm of another shape.</exception>
    void Read(BinaryReader reader);
}

/// <summary>A policy without randomness. One thread.</summary>
public interface IGreedyPolicy
{
    /// <param name="observation">[entry], raw where the snapshot it came from scales observations
    /// itself.</param>
    /// <param name="action">[entry], overwritten; choices as whole numbers.</param>
    void Act(ReadOnlySpan<float> observation, Span<float> action);
}

/// <summary>What an update earned and how wrong it found the values.</summary>
/// <param name="Loss">Of the values.</param>
/// <param name="MeanValue">Mean value of the batch's actions.</param>
/// <param name="Entropy">Of the policy, in nats, where it has one; else NaN.</param>
/// <param name="Auxiliary">Loss of the auxiliary task, where there is one; else NaN.</param>
public readonly record struct UpdateTerms(double Loss, double MeanValue, double Entropy, double Auxiliary)
{
    public static UpdateTerms Of(double loss, double meanValue) =>
        new(loss, meanValue, double.NaN, double.NaN);
}
