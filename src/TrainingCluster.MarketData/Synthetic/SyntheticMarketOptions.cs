using System.Globalization;

namespace TrainingCluster.MarketData.Synthetic;

/// <summary>
/// A generated market. Its defaults are a fair game: no drift, and nothing that could be learned.
/// </summary>
public sealed record SyntheticMarketOptions
{
    public string Symbol { get; init; } = "SYNTHETIC";

    /// <summary>How many bars, 1 to 2,000,000.</summary>
    public int Bars { get; init; } = 3000;

    /// <summary>Standard deviation of a bar's log return, above 0 and at most 1.</summary>
    public double Volatility { get; init; } = 0.01;

    /// <summary>Expected simple return of a bar.</summary>
    public double Drift { get; init; }

    /// <summary>
    /// Correlation of the signal at t with the log return from close t to close t+1, in (−1, 1).
    /// </summary>
    public double SignalCorrelation { get; init; }

    /// <summary>Correlation of the signal with itself one bar later, in (−1, 1).</summary>
    public double SignalPersistence { get; init; } = 0.9;

    /// <summary>
    /// Name of the further column that holds the signal. Null stands for <c>signal</c> where the correlation
    /// is not zero, and for no column where it is.
    /// </summary>
    public string? SignalColumn { get; init; }

    /// <summary>
    /// Whether volatility switches between calm (half), usual, and stormy (double), staying 50 bars on
    /// average.
    /// </summary>
    public bool Regimes { get; init; }

    /// <summary>
    /// Degrees of freedom of the returns' noise, 3 to 100: the fewer, the fatter the tails. 0 for normal noise.
    /// Draws beyond ten deviations are cut there, so that means stay finite.
    /// </summary>
    public int TailDegrees { get; init; }

    /// <summary>Probability that a bar jumps beside its usual noise, in [0, 1].</summary>
    public double JumpProbability { get; init; }

    /// <summary>Standard deviation of a jump's log return, 0 to 1.</summary>
    public double JumpDeviation { get; init; } = 0.05;

    /// <summary>
    /// 0: daily bars. Else one-minute bars, this many a weekday from 14:30 UTC on, 2 to 540, with volatility and
    /// volume high at both ends of the session and low at its middle.
    /// </summary>
    public int SessionBars { get; init; }

    /// <summary>Open of the first bar, above 0.</summary>
    public double InitialPrice { get; init; } = 100;

    /// <summary>Typical volume of a bar, above 0.</summary>
    public double TypicalVolume { get; init; } = 1_000_000;

    /// <exception cref="ArgumentException">A value is out of range; the message lists all.</exception>
    public void Validate()
    {
        var broken = new List<string>();
        Require(Bars is >= 1 and <= 2_000_000, $"Bars is {Bars}; it must be 1 to 2,000,000");
        Require(Volatility is > 0 and <= 1, $"Volatility is {Volatility}; it must be above 0 and at most 1");
        Require(Drift is > -1 and < 1, $"Drift is {Drift}; it must lie between -1 and 1");
        Require(
            SignalCorrelation is > -1 and < 1,
            $"SignalCorrelation is {SignalCorrelation}; it must lie between -1 and 1");
        Require(
            SignalPersistence is > -1 and < 1,
            $"SignalPersistence is {SignalPersistence}; it must lie between -1 and 1");
        Require(
            InitialPrice is > 0 and <= 1e12,
            $"InitialPrice is {InitialPrice}; it must be above 0, at most 1e12");
        Require(
            TypicalVolume is > 0 and <= 1e15,
            $"TypicalVolume is {TypicalVolume}; it must be above 0, at most 1e15");
        Require(TailDegrees is 0 or (>= 3 and <= 100), $"TailDegrees is {TailDegrees}; it must be 0 or 3 to 100");
        Require(
            JumpProbability is >= 0 and <= 1, $"JumpProbability is {JumpProbability}; it must lie between 0 and 1");
        Require(JumpDeviation is >= 0 and <= 1, $"JumpDeviation is {JumpDeviation}; it must lie between 0 and 1");
        Require(
            SessionBars is 0 or (>= 2 and <= 540), $"SessionBars is {SessionBars}; it must be 0 or 2 to 540");
        if (broken.Count > 0)
        {
            throw new ArgumentException("The market cannot be generated:\n  " + string.Join("\n  ", broken));
        }

        void Require(bool holds, FormattableString otherwise)
        {
            if (!holds)
            {
                broken.Add(otherwise.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
