namespace TrainingCluster.Training.Jobs;

/// <summary>
/// Carries out the jobs of one stage. Made afresh for each job; runs on one thread from start to end. After
/// every step it calls <see cref="CheckpointSession.StepDone"/>, which also is where cancellation takes
/// effect.
/// </summary>
internal interface IStageJob
{
    JobOutput Run(StageContext context);
}
