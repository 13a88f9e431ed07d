using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>Lets a greedy policy play.</summary>
public static class EpisodeEvaluation
{
    /// <summary>The undiscounted return of the first episode of each, by the environment's own
    /// rewards.</summary>
    /// <returns>[episode].</returns>
    public static double[] Returns(IGreedyPolicy policy, IEpisodeVector environment)
    {
        var port = new ActionPort(environment);
        var (count, size) = (environment.Count, environment.ObservationSize);
        var step = new VectorStep(count, size);
        var actions = new float[count * port.Size];
        var (returns, done) = (new double[count], new bool[count]);
        environment.Reset(step.Observations);
        while (done.Contains(false))
        {
            for (var episode = 0; episode < count; episode++)
            {
                // An episode that is over plays on, because all step together; nobody counts it.
                policy.Act(
                    step.Observations.AsSpan(episode * size, size),
                    actions.AsSpan(episode * port.Size, port.Size));
            }

            port.Step(actions, step);
            for (var episode = 0; episode < count; episode++)
            {
                returns[episode] += done[episode] ? 0 : step.Rewards[episode];
                done[episode] |= step.Ends[episode] != EpisodeEnd.None;
            }
        }

        return returns;
    }
}
