using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.CnnLstm;

internal sealed class CnnLstmJob : IStageJob
{
    public JobOutput Run(StageContext context) => throw new NotSupportedException("the encoder is not built yet");
}
