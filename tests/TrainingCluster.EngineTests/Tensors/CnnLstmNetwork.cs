using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

/// <summary>
/// Conv1d(features, channels, 3, padding), ReLU, LSTM, Linear on the last step. Input [batch, time, feature].
/// </summary>
internal sealed class CnnLstmNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d c;
    private readonly LSTM l;
    private readonly Linear o;

    internal CnnLstmNetwork(long features, long channels, long hidden, long classes, long padding = 0)
        : base(nameof(CnnLstmNetwork))
    {
        c = nn.Conv1d(features, channels, 3, padding: padding);
        l = nn.LSTM(channels, hidden, batchFirst: true);
        o = nn.Linear(hidden, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = nn.functional.relu(c.call(input.transpose(1, 2))); // [batch, channel, time]
        var (steps, _, _) = l.call(features.transpose(1, 2));             // [batch, time, hidden]
        return o.call(steps.select(1, -1)).MoveToOuterDisposeScope();     // [batch, class]
    }
}
