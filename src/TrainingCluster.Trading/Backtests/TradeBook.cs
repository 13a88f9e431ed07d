using System.Collections.Immutable;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Backtests;

/// <summary>Cuts a path of positions into trades while it is walked, bar by bar.</summary>
internal sealed class TradeBook(MarketFrictions frictions)
{
    private readonly ImmutableArray<Trade>.Builder _trades = ImmutableArray.CreateBuilder<Trade>();
    private double _growth = 1;
    private int _entryBar;
    private int _side;

    /// <summary>
    /// Takes the decision of bar <paramref name="t"/> and what the market did until the next fill.
    /// </summary>
    /// <param name="t">The bar.</param>
    /// <param name="position">What is held from the fill on.</param>
    /// <param name="previousPosition">What was held before it.</param>
    /// <param name="grossReturn">Of being fully long.</param>
    /// <param name="netReturn">Of the decision as a whole, all fees of a turn included.</param>
    public void Step(int t, double position, double previousPosition, double grossReturn, double netReturn)
    {
        var side = Math.Sign(position);
        var own = netReturn;
        if (side != _side)
        {
            if (_side != 0)
            {
                _growth *= 1 - frictions.Cost(t, previousPosition);
                Close(MarketSimulator.FillBar(t), closed: true);
            }

            (_side, _growth, _entryBar) = (side, 1, MarketSimulator.FillBar(t));
            own = frictions.NetReturn(t, grossReturn, position, 0);
        }

        if (side != 0)
        {
            _growth *= 1 + own;
        }
    }

    /// <summary>Values what is still open at the end of the window.</summary>
    public ImmutableArray<Trade> Finish(int valuationBar)
    {
        if (_side != 0)
        {
            Close(valuationBar, closed: false);
            _side = 0;
        }

        return _trades.DrainToImmutable();
    }

    private void Close(int exitBar, bool closed) =>
        _trades.Add(new Trade(_entryBar, exitBar, (sbyte)_side, _growth - 1, closed));
}
