using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.ActorCritic;

/// <summary>
/// Adds the slope of an actor's loss by what the actor reads to the critics' slopes by the observations. What the
/// critics read counts as given in the actor's loss: else observations would be moved to where critics are generous.
/// </summary>
internal sealed class ActorSlopes
{
    private float[] _slopes = [];

    /// <summary>Where the backward pass writes; empty where nobody asks.</summary>
    public float[] Room(UpdateStep step)
    {
        if (_slopes.Length != step.ObservationSlopes.Length)
        {
            _slopes = new float[step.ObservationSlopes.Length];
        }

        return _slopes;
    }

    public void AddTo(UpdateStep step)
    {
        for (var i = 0; i < _slopes.Length; i++)
        {
            step.ObservationSlopes[i] += _slopes[i];
        }
    }
}
