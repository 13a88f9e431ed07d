using System.Runtime.InteropServices;

namespace TrainingCluster.Trading.Strategies;

/// <summary>
/// Collects a rule's columns bar by bar and keeps the promises of <see cref="StrategySignals"/>.
/// </summary>
internal sealed class SignalColumns(int bars)
{
    private readonly sbyte[] _signal = new sbyte[bars];
    private readonly float[] _confidence = new float[bars];
    private readonly sbyte[] _direction = new sbyte[bars];
    private int _warmUp = bars;

    /// <summary>What the rule leans to so far; 0 before its first bar.</summary>
    public int Direction { get; private set; }

    /// <summary>What the bare rule holds so far.</summary>
    public int Signal { get; private set; }

    /// <summary>
    /// Takes the bar's values; bars come in order, and all after the first one that was set.
    /// </summary>
    /// <param name="t">The bar.</param>
    /// <param name="signal">−1, 0 or 1.</param>
    /// <param name="confidence">Clamped to [0, 1].</param>
    /// <param name="lean">Its sign is the direction; zero keeps the last one, and is long at first.</param>
    public void Set(int t, int signal, double confidence, double lean)
    {
        _warmUp = Math.Min(_warmUp, t);
        Direction = lean > 0 ? 1 : lean < 0 ? -1 : Direction == 0 ? 1 : Direction;
        Signal = signal;
        _signal[t] = (sbyte)signal;
        _confidence[t] = (float)Math.Clamp(confidence, 0, 1);
        _direction[t] = (sbyte)Direction;
    }

    /// <summary>The entry where there is one; else what is held, as long as the lean is on its side.</summary>
    public int EnterOrStay(int entry, double lean) => entry != 0 ? entry : Signal * lean > 0 ? Signal : 0;

    public StrategySignals Finish() => new(
        ImmutableCollectionsMarshal.AsImmutableArray(_signal),
        ImmutableCollectionsMarshal.AsImmutableArray(_confidence),
        ImmutableCollectionsMarshal.AsImmutableArray(_direction),
        _warmUp);
}
