using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Weights;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// The samples of a fit: bars with their targets and what each counts in the loss. All columns are as long.
/// </summary>
/// <param name="Bars">Ascending; each ends a window and has valid labels.</param>
/// <param name="Up">1 where the next bar rises, else 0.</param>
/// <param name="Barrier">0 stop, 1 timeout, 2 profit.</param>
/// <param name="UpWeight">Factor of the next-bar loss.</param>
/// <param name="BarrierWeight">Factor of the barrier loss.</param>
internal sealed record LabelledBars(
    ImmutableArray<int> Bars,
    ImmutableArray<float> Up,
    ImmutableArray<long> Barrier,
    ImmutableArray<float> UpWeight,
    ImmutableArray<float> BarrierWeight)
{
    public const int BarrierClasses = 3;

    public int Count => Bars.Length;

    /// <summary>
    /// Samples to fit on: balanced classes times a linear ramp that trusts recent bars more.
    /// </summary>
    /// <param name="bars">Ascending; bars without valid labels are left out.</param>
    /// <param name="barrierWeight">Weight of the barrier loss against the next-bar loss.</param>
    /// <param name="timeOf">Stamp of a bar, where bars of several symbols do not ascend in time.</param>
    /// <param name="spanOf">What the label of a bar looks at, where labels that share it with others shall count
    /// less; null where each bar has a label and all share alike.</param>
    public static LabelledBars ForTraining(
        LabelSet labels, IEnumerable<int> bars, double barrierWeight, Func<int, long>? timeOf = null,
        Func<int, LabelSpan>? spanOf = null)
    {
        ImmutableArray<int> valid = [.. bars.Where(bar => labels.Valid[bar])];
        var ramp = Ramp(valid, timeOf);
        return Weighted(
            labels, valid, valid,
            spanOf is null ? ramp : SampleUniqueness.Weights(SampleUniqueness.Of([.. valid.Select(spanOf)]), ramp),
            barrierWeight);
    }

    private static float[] Ramp(ImmutableArray<int> bars, Func<int, long>? timeOf)
    {
        var ramp = RecencyWeights.Linear(bars.Length);
        if (timeOf is null)
        {
            return ramp;
        }

        // Sorted by time; of one moment the symbols stay in their order.
        var byTime = Enumerable.Range(0, bars.Length).OrderBy(i => timeOf(bars[i])).ToArray();
        var weights = new float[ramp.Length];
        for (var rank = 0; rank < byTime.Length; rank++)
        {
            weights[byTime[rank]] = ramp[rank];
        }

        return weights;
    }

    /// <summary>
    /// Samples to judge by: the classes weigh what they weighed in training, every bar counts the same.
    /// </summary>
    public static LabelledBars ForValidation(
        LabelSet labels, IEnumerable<int> bars, ImmutableArray<int> trainBars, double barrierWeight)
    {
        ImmutableArray<int> valid = [.. bars.Where(bar => labels.Valid[bar])];
        var even = new float[valid.Length];
        Array.Fill(even, 1);
        return Weighted(labels, valid, trainBars, even, barrierWeight);
    }

    /// <summary>
    /// The same samples for a sampler that draws by the next bar's weights: each counts in the loss what is
    /// left of its weights then.
    /// </summary>
    public LabelledBars Even() => this with
    {
        UpWeight = [.. UpWeight.Select(weight => weight > 0 ? 1f : 0f)],
        BarrierWeight = [.. BarrierWeight.Zip(UpWeight, (barrier, up) => up > 0 ? barrier / up : 0)],
    };

    private static LabelledBars Weighted(
        LabelSet labels,
        ImmutableArray<int> bars,
        ImmutableArray<int> balance,
        float[] ramp,
        double barrierWeight)
    {
        var up = ClassWeights.Balanced([.. balance.Select(bar => (int)labels.NextUp[bar])], 2);
        var barrier = ClassWeights.Balanced(
            [.. balance.Select(bar => labels.Barrier[bar] + 1)], BarrierClasses);
        return new LabelledBars(
            bars,
            [.. bars.Select(bar => (float)labels.NextUp[bar])],
            [.. bars.Select(bar => (long)labels.Barrier[bar] + 1)],
            [.. bars.Select((bar, i) => ramp[i] * up[labels.NextUp[bar]])],
            [.. bars.Select((bar, i) => (float)barrierWeight * ramp[i] * barrier[labels.Barrier[bar] + 1])]);
    }
}
