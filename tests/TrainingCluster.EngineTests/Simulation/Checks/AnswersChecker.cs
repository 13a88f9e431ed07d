namespace TrainingCluster.EngineTests.Simulation.Checks;

/// <summary>Nobody takes an older instance's answer after a newer one's.</summary>
internal sealed class AnswersChecker : IChecker
{
    private readonly Dictionary<(string Client, string Key), long> _newest = [];

    public void See(Observation observation)
    {
        if (observation is not AnswerTaken answer)
        {
            return;
        }

        var newest = _newest.GetValueOrDefault((answer.Client, answer.Key));
        if (answer.Instance < newest)
        {
            throw new ViolationException(
                $"{answer.Client} took an answer of instance {answer.Instance} of {answer.Key} after one of "
                + $"instance {newest}.");
        }

        _newest[(answer.Client, answer.Key)] = answer.Instance;
    }
}
