namespace TrainingCluster.Training.Jobs;

/// <summary>News of a running job. Losing one loses nothing that matters.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Phase">"prepare", "fold 1/3", "fit", "ppo", "tune", "evaluate".</param>
/// <param name="Step">Steps done in this phase.</param>
/// <param name="TotalSteps">Steps of this phase at most; early stopping may end it sooner.</param>
/// <param name="Values">loss, val_loss, accuracy, reward, entropy, kl, lr … as far as they are
/// defined.</param>
public sealed record JobProgress(
    string JobId,
    string Phase,
    long Step,
    long TotalSteps,
    ImmutableSortedDictionary<string, double> Values);
