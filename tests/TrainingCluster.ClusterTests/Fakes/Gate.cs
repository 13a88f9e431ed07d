using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Fakes;

/// <summary>Holds one job up until it is opened or told to stop.</summary>
internal sealed class Gate(string job)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public void Open() => _opened.TrySetResult();

    public async Task PassAsync(JobRequest request, CancellationToken cancellation)
    {
        if (request.Spec.Id == job)
        {
            _reached.TrySetResult();
            await _opened.Task.WaitAsync(cancellation);
        }
    }
}
