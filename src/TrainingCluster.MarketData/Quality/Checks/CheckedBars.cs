using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>
/// The bars that checks look at, with what several of them ask for computed once. One round of checks has its own;
/// not thread-safe.
/// </summary>
internal sealed class CheckedBars(BarDraft draft)
{
    private BarCalendar? _calendar;
    private double[]? _logReturns;
    private RobustReturns? _returns;
    private bool _hasReturns;

    public int Count => draft.Count;

    /// <summary>Unix milliseconds UTC.</summary>
    public ReadOnlySpan<long> Times => draft.Times.Span;

    public ReadOnlySpan<double> Open => draft.Open.Span;

    public ReadOnlySpan<double> High => draft.High.Span;

    public ReadOnlySpan<double> Low => draft.Low.Span;

    public ReadOnlySpan<double> Close => draft.Close.Span;

    public ReadOnlySpan<double> Volume => draft.Volume.Span;

    public BarCalendar Calendar => _calendar ??= BarCalendar.Of(Times);

    /// <summary>The bars are a day or more apart, up to summer-time changes.</summary>
    public bool IsDaily => Calendar.Interval >= TimeSpan.FromHours(20);

    /// <summary>Close to close, one a bar; 0 at the first.</summary>
    public double[] LogReturns => _logReturns ??= RobustReturns.LogReturns(Close);

    /// <summary>Null where too few bars moved to say how much is usual.</summary>
    public RobustReturns? Returns
    {
        get
        {
            if (!_hasReturns)
            {
                (_returns, _hasReturns) = (RobustReturns.OfReturns(LogReturns), true);
            }

            return _returns;
        }
    }
}
