namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// How far a Sharpe ratio can be believed. All Sharpes are per bar, net of costs and in excess of the same
/// basis. Sources: Bailey and López de Prado 2012, "The Sharpe Ratio Efficient Frontier" (PSR, minimum track
/// record); Bailey and López de Prado 2014, "The Deflated Sharpe Ratio"; Bailey, Borwein, López de Prado and
/// Zhu 2014, "Pseudo-Mathematics and Financial Charlatanism" (minimum backtest length). Choices: standard
/// errors divide by T − 1; skewness and kurtosis are population moments; kurtosis is raw.
/// </summary>
public static class SharpeStatistics
{
    private const double EulerMascheroni = 0.57721566490153286;

    /// <summary>
    /// (mean − benchmark) / standard deviation (n − 1), per bar. Undefined below two values, where a value is
    /// not finite, and where all values are equal.
    /// </summary>
    public static Estimate Sharpe(ReadOnlySpan<double> returns, double benchmarkPerBar = 0)
    {
        if (returns.Length < 2)
        {
            return Estimate.NotDefined($"{returns.Length} returns; a Sharpe ratio needs at least 2");
        }

        foreach (var value in returns)
        {
            if (!double.IsFinite(value))
            {
                return Estimate.NotDefined($"a return is {value}; every return must be finite");
            }
        }

        return Sharpe(Moments.Of(returns), benchmarkPerBar);
    }

    /// <inheritdoc cref="Sharpe(ReadOnlySpan{double}, double)"/>
    public static Estimate Sharpe(in Moments moments, double benchmarkPerBar = 0) =>
        moments.Count < 2
            ? Estimate.NotDefined($"{moments.Count} returns; a Sharpe ratio needs at least 2")
            : moments.HasVariance
                ? Estimate.Of((moments.Mean - benchmarkPerBar) / moments.StandardDeviation)
                : Estimate.NotDefined($"zero variance: the returns of all {moments.Count} bars are equal");

    /// <summary>
    /// The probability that the true Sharpe exceeds <paramref name="benchmark"/>: PSR(SR*) of
    /// 2012.
    /// </summary>
    public static Estimate ProbabilisticSharpe(
        double sharpePerBar, double benchmark, int bars, double skewness, RawKurtosis kurtosis)
    {
        if (bars < 2)
        {
            return Estimate.NotDefined($"{bars} bars; a probabilistic Sharpe ratio needs at least 2");
        }

        var spread = SquaredSpread(sharpePerBar, skewness, kurtosis);
        return spread > 0
            ? Estimate.Of(StandardNormal.Cdf((sharpePerBar - benchmark) / Math.Sqrt(spread / (bars - 1))))
            : Estimate.NotDefined(NoSpread(sharpePerBar, skewness, kurtosis));
    }

    /// <summary>
    /// The bars needed before PSR(<paramref name="benchmark"/>) reaches <paramref name="confidence"/>, not
    /// rounded. Undefined where the Sharpe does not exceed the benchmark: no length is enough.
    /// </summary>
    public static Estimate MinimumTrackRecord(
        double sharpePerBar, double benchmark, double skewness, RawKurtosis kurtosis,
            double confidence = 0.95)
    {
        if (!(sharpePerBar > benchmark))
        {
            return Estimate.NotDefined(
                $"the Sharpe ratio {sharpePerBar:0.######} a bar does not exceed {benchmark:0.######}; "
                + "no length is enough");
        }

        var spread = SquaredSpread(sharpePerBar, skewness, kurtosis);
        var distance = StandardNormal.Quantile(confidence) / (sharpePerBar - benchmark);
        return spread > 0
            ? Estimate.Of(1 + spread * distance * distance)
            : Estimate.NotDefined(NoSpread(sharpePerBar, skewness, kurtosis));
    }

    /// <summary>
    /// The expected largest of <paramref name="trials"/> independent standard normals, by the closed
    /// approximation (up to 8 % low at 2 trials). Exactly 0 for one trial, where the approximation has no
    /// value. A fraction is an effective number of correlated trials.
    /// </summary>
    public static double ExpectedMaximum(double trials)
    {
        if (!(trials >= 1) || double.IsInfinity(trials))
        {
            throw new ArgumentOutOfRangeException(nameof(trials), trials, "there must be at least 1 trial");
        }

        // A fraction just above one would fall below zero, the value at one trial.
        return trials == 1
            ? 0
            : Math.Max(0, (1 - EulerMascheroni) * -StandardNormal.Quantile(1 / trials)
                + EulerMascheroni * -StandardNormal.Quantile(1 / (trials * Math.E)));
    }

    /// <summary>
    /// SR₀: the Sharpe per bar that the best of so many skill-less trials is expected to show.
    /// </summary>
    public static Estimate ExpectedMaximumSharpe(double trials, double trialVariance) =>
        trials == 1
            ? Estimate.Of(0)
            : trialVariance > 0 && double.IsFinite(trialVariance)
                ? Estimate.Of(Math.Sqrt(trialVariance) * ExpectedMaximum(trials))
                : Estimate.NotDefined(
                    $"the Sharpes of {trials:R} trials have variance {trialVariance:R}; it must be positive");

    /// <summary>
    /// PSR(SR₀): the probability that skill, and not the number of trials, made this Sharpe.
    /// </summary>
    public static Estimate DeflatedSharpe(DeflatedSharpeInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Trials < 1)
        {
            return Estimate.NotDefined($"{input.Trials} trials were counted; the selected one is 1");
        }

        var threshold = ExpectedMaximumSharpe(input.Trials, input.TrialVariance);
        return threshold.IsDefined
            ? ProbabilisticSharpe(input.SharpePerBar, threshold, input.Bars, input.Skewness, input.Kurtosis)
            : threshold;
    }

    /// <summary>
    /// How many independent trials <paramref name="trials"/> equally correlated ones amount to: N(1 − ρ̄) +
    /// ρ̄.
    /// </summary>
    public static double EffectiveTrials(int trials, double averageCorrelation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return trials * (1 - averageCorrelation) + averageCorrelation;
    }

    /// <summary> Years of data below which the best of <paramref name="trials"/> skill-less variations is
    /// expected to show
    /// <paramref name="annualSharpe"/>: (E[max] / SR)², bounded by 2 ln N / SR².
    /// </summary>
    public static double MinimumBacktestYears(double trials, double annualSharpe)
    {
        if (!(annualSharpe > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(annualSharpe), annualSharpe, "the annual Sharpe ratio must be positive");
        }

        var ratio = ExpectedMaximum(trials) / annualSharpe;
        return ratio * ratio;
    }

    /// <summary>1 − γ₃·SR + (γ₄ − 1)/4·SR²: the squared standard error times T − 1.</summary>
    private static double SquaredSpread(double sharpe, double skewness, RawKurtosis kurtosis) =>
        1 - skewness * sharpe + (kurtosis.Value - 1) / 4 * sharpe * sharpe;

    private static string NoSpread(double sharpe, double skewness, RawKurtosis kurtosis) =>
        $"no standard error: Sharpe {sharpe:R}, skewness {skewness:R} and raw kurtosis {kurtosis.Value:R} "
        + "cannot come from one sample";
}
