namespace TrainingCluster.Models.Policy;

/// <summary>A distribution over discrete actions given by unnormalised log-probabilities (logits).</summary>
public static class Categorical
{
    /// <summary>Writes log p of each action: logits less their log-sum-exp.</summary>
    public static void LogProbabilities(ReadOnlySpan<float> logits, Span<float> logProbabilities)
    {
        var top = logits[0];
        foreach (var logit in logits[1..])
        {
            top = Math.Max(top, logit);
        }

        var sum = 0f;
        foreach (var logit in logits)
        {
            sum += MathF.Exp(logit - top);
        }

        var normaliser = top + MathF.Log(sum);
        for (var i = 0; i < logits.Length; i++)
        {
            logProbabilities[i] = logits[i] - normaliser;
        }
    }

    /// <summary>−Σ p·log p, in nats.</summary>
    public static float Entropy(ReadOnlySpan<float> logProbabilities)
    {
        var sum = 0f;
        foreach (var log in logProbabilities)
        {
            sum -= MathF.Exp(log) * log;
        }

        return sum;
    }

    /// <summary>The action whose share of [0, 1) holds the given uniform number.</summary>
    public static int Sample(ReadOnlySpan<float> logProbabilities, double uniform)
    {
        var below = 0.0;
        for (var i = 0; i < logProbabilities.Length - 1; i++)
        {
            below += MathF.Exp(logProbabilities[i]);
            if (uniform < below)
            {
                return i;
            }
        }

        return logProbabilities.Length - 1;
    }

    /// <summary>The likeliest action; the first of equals.</summary>
    public static int Mode(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
            {
                best = i;
            }
        }

        return best;
    }
}
