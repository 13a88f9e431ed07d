using TrainingCluster.Models.Policy;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.ActorCritic;

/// <summary>The first outputs of an actor as its action.</summary>
/// <param name="squash">Through tanh; else the actor's outputs are actions already.</param>
internal sealed class ActorPolicy(DenseNetwork actor, float[] parameters, int entries, bool squash)
    : IGreedyPolicy
{
    private readonly DenseActivations _scratch = new(actor, 1);

    public void Act(ReadOnlySpan<float> observation, Span<float> action)
    {
        var outputs = actor.Forward(parameters, observation, 1, _scratch);
        for (var entry = 0; entry < entries; entry++)
        {
            action[entry] = squash ? MathF.Tanh(outputs[entry]) : outputs[entry];
        }
    }
}
