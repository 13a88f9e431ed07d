using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>
/// Stochastic gradient descent with momentum in PyTorch's form: v = μ v + (1 − dampening) g, starting from v
/// = g, and p = p − rate · v (Sutskever et al. 2013 put the rate inside v).
/// </summary>
public class SGD : OptimizerHelper
{
    internal SGD(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups) add_param_group(group);
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        if (param_group is not ParamGroup { Options: Options options })
            throw new ArgumentException("SGD takes groups of its own kind", nameof(param_group));
        Settings.NotNegative("learning rate", options.LearningRate);
        Settings.NotNegative("momentum", options.momentum);
        Settings.NotNegative("weight_decay", options.weight_decay);
        if (options.nesterov == true && (options.momentum is not > 0 || options.dampening != 0))
        {
            throw new ArgumentException(
                $"Nesterov's momentum needs a momentum above 0 and no dampening; they are "
                + $"{options.momentum} and {options.dampening}", nameof(param_group));
        }
        Add(param_group, one => new State(one));
    }

    /// <inheritdoc/>
    public override unsafe torch.Tensor? step(Func<torch.Tensor>? closure = null) =>
        Step<ParamGroup>(closure, group =>
    {
        var options = (Options)group.Options;
        var states = StatesOf<State>(group);
        var settings = new SgdSettings
        {
            Rate = group.LearningRate,
            Momentum = options.momentum ?? 0,
            Dampening = options.dampening ?? 0,
            Decay = options.weight_decay ?? 0,
            Nesterov = options.nesterov == true ? 1 : 0,
            Maximize = options.maximize == true ? 1 : 0,
        };
        var started = Array.ConvertAll(states, one => one.momentum_buffer is null ? 0 : 1);
        var buffers = options.momentum > 0 ? torch.Handles(states.Select(one => one.Buffer())) : null;
        int status;
        fixed (nint* parameters = torch.Handles(group.Parameters))
        fixed (nint* at = buffers)
        fixed (int* flags = started)
            status = Native.ts_sgd_step(parameters, at, flags, states.Length, &settings);
        GC.KeepAlive(group);
        GC.KeepAlive(states);
        for (var i = 0; i < states.Length; i++) states[i].KeepIf(started[i] != 0);
        Native.Check(status);
    });

    /// <summary>The velocity of one parameter; none before its first step.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        private readonly Parameter parameter;
        private torch.Tensor? velocity;

        internal State(Parameter parameter) => this.parameter = parameter;

        public torch.Tensor? momentum_buffer => velocity;

        public override void SaveStateDict(BinaryWriter writer) => SaveOptional(writer, velocity);

        public override void LoadStateDict(BinaryReader reader) =>
            LoadOptional(reader, ref velocity, parameter);

        public override void LoadStateDict(OptimizerState source) =>
            Put(ref velocity, ((State)source).velocity);

        public void Dispose() => velocity?.Dispose();

        internal torch.Tensor Buffer() => velocity ??= Zeros(parameter);

        // A parameter without a gradient has not started: its buffer must not count as a velocity of zero.
        internal void KeepIf(bool started)
        {
            if (started || velocity is null) return;
            velocity.Dispose();
            velocity = null;
        }
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum ?? 0);
            writer.Write(dampening ?? 0);
            writer.Write(weight_decay ?? 0);
            writer.Write(nesterov ?? false);
            writer.Write(maximize ?? false);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            (momentum, dampening, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(),
                reader.ReadDouble());
            (nesterov, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
            (nesterov, maximize) = (other.nesterov, other.maximize);
        }
    }

    /// <summary>Parameters with SGD's settings.</summary>
    public class ParamGroup : Modules.ParamGroup
    {
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0,
            double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }
    }
}
