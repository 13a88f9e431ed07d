using TrainingCluster.Models.Values;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.Dqn;

/// <summary>The best choice of each branch.</summary>
internal sealed class BranchingPolicy(BranchingNetwork network, float[] parameters) : IGreedyPolicy
{
    private readonly BranchingScratch _scratch = new(network, 1);

    public void Act(ReadOnlySpan<float> observation, Span<float> action)
    {
        var values = network.Forward(parameters, observation, 1, _scratch);
        var at = 0;
        for (var branch = 0; branch < network.Options.Branches.Length; branch++)
        {
            var choices = network.Options.Branches[branch];
            action[branch] = DqnLoss.Best(values.Slice(at, choices));
            at += choices;
        }
    }
}
