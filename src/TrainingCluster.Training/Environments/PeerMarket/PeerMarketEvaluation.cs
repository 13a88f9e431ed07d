namespace TrainingCluster.Training.Environments.PeerMarket;

/// <summary>Chooses the action of every episode.</summary>
/// <param name="observations">[episode, entry].</param>
/// <param name="actions">[episode], overwritten.</param>
public delegate void ChooseActions(ReadOnlySpan<float> observations, Span<int> actions);

/// <summary>The held-out score of a policy on the peer market.</summary>
public static class PeerMarketEvaluation
{
    /// <summary>Back-to-back episodes that the held-out segment has room for.</summary>
    public const int Episodes = 51;

    /// <summary>Mean undiscounted sum of rewards of the held-out episodes, all in one vector.</summary>
    public static double MeanReturn(PeerMarketData data, ChooseActions policy)
    {
        var environment = new PeerMarketEnvironment(data, Episodes, 0, PeerMarketEnvironment.HeldOut);
        var step = new VectorStep(Episodes, PeerMarketEnvironment.Entries);
        var actions = new int[Episodes];
        for (var episode = 0; episode < Episodes; episode++)
        {
            environment.Begin(episode, environment.Starts.Start + episode * PeerMarketEnvironment.EpisodeBars);
            environment.Observe(episode, step.Observations);
        }

        var sum = 0.0;
        for (var bar = 0; bar < PeerMarketEnvironment.EpisodeBars; bar++)
        {
            policy(step.Observations, actions);
            environment.Step(actions, step);
            foreach (var reward in step.Rewards)
            {
                sum += reward;
            }
        }

        return sum / Episodes;
    }
}
