namespace TrainingCluster.Trading.Backtests;

/// <summary>One stay in the market on one side, whatever its size in between.</summary>
/// <param name="EntryBar">The bar in which the entry filled.</param>
/// <param name="ExitBar">The bar in which the exit filled, or at whose price an open trade was
/// valued.</param>
/// <param name="Direction">1 long, −1 short.</param>
/// <param name="NetReturn">Compounded over the stay, its own fees taken off: those of a turn from one side to
/// the other are split between both trades.</param>
/// <param name="IsClosed">False for a trade still open when the window ended: valued, no exit fee.</param>
public readonly record struct Trade(
    int EntryBar, int ExitBar, sbyte Direction, double NetReturn, bool IsClosed)
{
    /// <summary>Known at the close of <paramref name="bar"/>: closed, and filled no later.</summary>
    public bool IsKnownAt(int bar) => IsClosed && ExitBar <= bar;
}
