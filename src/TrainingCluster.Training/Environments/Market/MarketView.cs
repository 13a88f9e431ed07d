namespace TrainingCluster.Training.Environments.Market;

/// <summary>The episodes of a <see cref="MarketEnvironment"/> under actions of another kind.</summary>
public abstract class MarketView(MarketEnvironment market) : IIndexedEnvironment
{
    public int Count => market.Count;

    public int ObservationSize => market.ObservationSize;

    public int OwnEntries => market.OwnEntries;

    public void Reset(Span<float> observations) => market.Reset(observations);

    public void Tags(Span<int> tags) => market.Tags(tags);

    public void Recall(int tag, Span<float> observation) => market.Recall(tag, observation);

    public byte[] SaveState() => market.SaveState();

    public void RestoreState(ReadOnlySpan<byte> state) => market.RestoreState(state);
}

/// <summary>One number an action: the position to hold, as <see cref="MarketEpisodeOptions.Frame"/> says.</summary>
public sealed class ContinuousMarket(MarketEnvironment market) : MarketView(market), IContinuousEnvironment
{
    private readonly MarketEnvironment _market = market;

    public int ActionSize => 1;

    public void Step(ReadOnlySpan<float> actions, VectorStep step) => _market.Step(actions, step);
}

/// <summary>Two choices an action: whether to trade, and how much; see <see cref="MarketDynamics.Branches"/>.</summary>
public sealed class BranchingMarket(MarketEnvironment market) : MarketView(market), IBranchingEnvironment
{
    private readonly MarketEnvironment _market = market;

    public ImmutableArray<int> Branches => MarketDynamics.Branches;

    public void Step(ReadOnlySpan<int> actions, VectorStep step) => _market.StepBranches(actions, step);
}
