using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Agents;

/// <summary>
/// The training of a policy in iterations. Between two of them its whole state can be saved and restored, and n + m
/// iterations give the same bytes as n, save, restore, m. One thread.
/// </summary>
internal interface IAgentTraining : IDisposable
{
    bool Finished { get; }

    /// <summary>Updates so far, skipped ones included: the job's own step count.</summary>
    long Updates { get; }

    /// <summary>Updates of the whole training at most.</summary>
    long TotalUpdates { get; }

    IReadOnlyList<ICurvePoint> Curve { get; }

    /// <summary>One iteration, judged on the validation window when its turn has come.</summary>
    /// <exception cref="NumericalInstabilityException">A gradient is not finite; the training must be restored from
    /// its last saved state.</exception>
    ICurvePoint Iterate();

    /// <summary>The best on the validation window, put back into whatever evaluates it.</summary>
    /// <exception cref="InvalidOperationException">Nothing was judged yet.</exception>
    IPolicySnapshot RestoreBest();

    byte[] Save();

    /// <exception cref="InvalidDataException">The state belongs to another spec.</exception>
    void Restore(ReadOnlyMemory<byte> state);
}

/// <summary>The training of an encoder and a policy together.</summary>
internal interface IHybridTraining : IAgentTraining
{
    /// <summary>After <see cref="IAgentTraining.RestoreBest"/> the best one's.</summary>
    CnnLstmNetwork Encoder { get; }
}
