namespace TrainingCluster.Training.Ppo;

/// <summary>
/// Trains to the end, with looks at the policy on the way: after every few iterations an evaluation scores it, the
/// best is kept as the learner's <see cref="PpoLearner.Best"/>, and a listener is told. What an evaluation finds
/// never flows into the training.
/// </summary>
public sealed class PpoRun(PpoLearner learner, Func<PpoSnapshot, double> evaluate, int evaluateEvery)
{
    private readonly int _every = evaluateEvery >= 1
        ? evaluateEvery
        : throw new ArgumentOutOfRangeException(
            nameof(evaluateEvery), evaluateEvery, "iterations between two evaluations must be at least 1");

    /// <param name="evaluated">Told of every evaluation.</param>
    /// <returns>The evaluations in their order; the last is of the finished policy.</returns>
    public ImmutableArray<PpoEvaluation> ToEnd(Action<PpoEvaluation>? evaluated = null)
    {
        var evaluations = ImmutableArray.CreateBuilder<PpoEvaluation>();
        while (!learner.Finished)
        {
            var iteration = learner.Iterate();
            if (iteration.Iteration % _every == 0 || learner.Finished)
            {
                var score = evaluate(learner.Current());
                var evaluation = new PpoEvaluation(iteration.Steps, score, learner.Consider(score));
                evaluations.Add(evaluation);
                evaluated?.Invoke(evaluation);
            }
        }

        return evaluations.ToImmutable();
    }
}

/// <summary>One look at a policy in training.</summary>
/// <param name="Steps">Steps over all episodes by then.</param>
/// <param name="Score">Larger is better.</param>
/// <param name="IsBest">Whether it was better than all before.</param>
public readonly record struct PpoEvaluation(long Steps, double Score, bool IsBest);
