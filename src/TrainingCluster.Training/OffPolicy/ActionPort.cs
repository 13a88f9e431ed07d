using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>
/// The one way in which learners from replay act: an action is a row of floats, choices as whole numbers,
/// whatever kind of action the environment takes.
/// </summary>
internal sealed class ActionPort
{
    private readonly IEpisodeVector _environment;
    private readonly int[] _choices;

    /// <exception cref="ArgumentException">The environment takes actions of no known kind.</exception>
    public ActionPort(IEpisodeVector environment)
    {
        _environment = environment;
        (Branches, Size) = environment switch
        {
            IVectorEnvironment discrete => ([discrete.ActionCount], 1),
            IBranchingEnvironment branching => (branching.Branches, branching.Branches.Length),
            IContinuousEnvironment continuous => (ImmutableArray<int>.Empty, continuous.ActionSize),
            _ => throw new ArgumentException(
                $"{environment.GetType().Name} takes no actions that a learner could choose",
                nameof(environment)),
        };
        _choices = new int[environment.Count * Branches.Length];
    }

    /// <summary>Numbers of an action.</summary>
    public int Size { get; }

    /// <summary>Choices of each branch; empty where actions are continuous.</summary>
    public ImmutableArray<int> Branches { get; }

    /// <param name="actions">[episode, entry].</param>
    public void Step(ReadOnlySpan<float> actions, VectorStep step)
    {
        for (var i = 0; i < _choices.Length; i++)
        {
            _choices[i] = (int)actions[i];
        }

        switch (_environment)
        {
            case IVectorEnvironment discrete:
                discrete.Step(_choices, step);
                break;
            case IBranchingEnvironment branching:
                branching.Step(_choices, step);
                break;
            case IContinuousEnvironment continuous:
                continuous.Step(actions, step);
                break;
        }
    }

    /// <summary>Uniform over the action space.</summary>
    public void Random(Span<float> actions, RandomStream random)
    {
        for (var i = 0; i < actions.Length; i++)
        {
            actions[i] = Branches.IsEmpty
                ? (float)(2 * random.NextDouble() - 1)
                : random.NextInt32(Branches[i % Branches.Length]);
        }
    }
}
