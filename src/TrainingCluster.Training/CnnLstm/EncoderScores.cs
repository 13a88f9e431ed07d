using TrainingCluster.Models.CnnLstm;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>How well logits [sample, 4] meet the labels.</summary>
internal static class EncoderScores
{
    /// <summary>Share of samples whose next-bar logit has the right sign; NaN without samples.</summary>
    public static double Accuracy(ReadOnlySpan<float> logits, LabelledBars samples)
    {
        var right = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            right += logits[i * CnnLstmArchitecture.Outputs] > 0 == samples.Up[i] > 0.5f ? 1 : 0;
        }

        return (double)right / samples.Count;
    }

    /// <summary>Mean next-bar cross-entropy, every sample alike; NaN without samples.</summary>
    public static double NextBarLoss(ReadOnlySpan<float> logits, LabelledBars samples)
    {
        double sum = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            sum += CnnLstmLoss.BinaryCrossEntropy(logits[i * CnnLstmArchitecture.Outputs], samples.Up[i]);
        }

        return sum / samples.Count;
    }

    /// <summary>
    /// Mean over the barrier classes that occur of the share of their samples that were found (Brodersen et
    /// al. 2010); NaN without samples.
    /// </summary>
    public static double BarrierBalancedAccuracy(ReadOnlySpan<float> logits, LabelledBars samples)
    {
        Span<int> found = stackalloc int[LabelledBars.BarrierClasses];
        Span<int> all = stackalloc int[LabelledBars.BarrierClasses];
        for (var i = 0; i < samples.Count; i++)
        {
            var row = logits.Slice(i * CnnLstmArchitecture.Outputs + 1, LabelledBars.BarrierClasses);
            var chosen = row[1] > row[0] ? 1 : 0;
            chosen = row[2] > row[chosen] ? 2 : chosen;
            all[(int)samples.Barrier[i]]++;
            found[chosen] += chosen == samples.Barrier[i] ? 1 : 0;
        }

        var (sum, classes) = (0.0, 0);
        for (var k = 0; k < LabelledBars.BarrierClasses; k++)
        {
            sum += all[k] == 0 ? 0 : (double)found[k] / all[k];
            classes += all[k] == 0 ? 0 : 1;
        }

        return sum / classes;
    }

    /// <summary>P(profit) of each row by softmax over the barrier logits.</summary>
    public static double[] ProfitProbability(ReadOnlySpan<float> logits)
    {
        var probabilities = new double[logits.Length / CnnLstmArchitecture.Outputs];
        for (var i = 0; i < probabilities.Length; i++)
        {
            var row = logits.Slice(i * CnnLstmArchitecture.Outputs + 1, LabelledBars.BarrierClasses);
            double largest = Math.Max(row[0], Math.Max(row[1], row[2]));
            var stop = Math.Exp(row[0] - largest);
            var timeout = Math.Exp(row[1] - largest);
            var profit = Math.Exp(row[2] - largest);
            probabilities[i] = profit / (stop + timeout + profit);
        }

        return probabilities;
    }
}
