using TrainingCluster.Features.Windows;
using TrainingCluster.Models.Values;

namespace TrainingCluster.Training.DeepScalper;

/// <summary>
/// What DeepScalper's two hindsights may look at. Nothing of it is shown to a policy, and nothing of it enters
/// an evaluation.
/// </summary>
public sealed class DeepScalperMarket
{
    private readonly ImmutableArray<double> _closes;
    private readonly int[] _lastBar;

    /// <param name="closes">[bar], above 0; an observation's tag is its bar.</param>
    /// <param name="sessions">[bar]: any number that changes where a session ends.</param>
    /// <param name="window">The training window: no bar after it is looked at.</param>
    public DeepScalperMarket(ImmutableArray<double> closes, ReadOnlySpan<int> sessions, IndexRange window)
    {
        if (sessions.Length != closes.Length || window.Start < 0 || window.End > closes.Length)
        {
            throw new ArgumentException(
                $"{closes.Length} closes have {sessions.Length} sessions and a window of {window}; there must "
                + "be one session a bar and the window must lie inside");
        }

        (_closes, Window) = (closes, window);
        _lastBar = new int[closes.Length];
        for (var bar = closes.Length - 1; bar >= 0; bar--)
        {
            var ends = bar == closes.Length - 1 || bar == window.End - 1 || sessions[bar + 1] != sessions[bar];
            _lastBar[bar] = ends ? bar : _lastBar[bar + 1];
        }
    }

    public IndexRange Window { get; }

    public int Bars => _closes.Length;

    public double Close(int bar) => _closes[bar];

    /// <summary>The last bar that belongs to the same session and to the same side of the window's
    /// end.</summary>
    public int LastBar(int bar) => _lastBar[bar];
}

/// <summary>Which entries of an observation are what.</summary>
/// <param name="Micro">The window of bars: what happened minute by minute.</param>
/// <param name="Macro">The indicators and the agent's own entries.</param>
/// <param name="PositionEntry">The position held, as a share of the largest.</param>
public sealed record DeepScalperLayout(EntryRange Micro, EntryRange Macro, int PositionEntry);

/// <summary>Entries [Start, Start + Count) of an observation.</summary>
public readonly record struct EntryRange(int Start, int Count)
{
    internal EncoderSlice Through(ImmutableArray<int> widths) => new(Start, Count, widths);
}
