using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>
/// RMSProp (Tieleman &amp; Hinton 2012, lecture 6e); centred as Graves 2013, equations 38–45, with epsilon
/// outside the root as in PyTorch.
/// </summary>
public class RMSProp : OptimizerHelper
{
    internal RMSProp(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups) add_param_group(group);
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        if (param_group is not ParamGroup { Options: Options options })
            throw new ArgumentException("RMSProp takes groups of its own kind", nameof(param_group));
        Settings.NotNegative("learning rate", options.LearningRate);
        Settings.NotNegative("eps", options.eps);
        Settings.NotNegative("momentum", options.momentum);
        Settings.NotNegative("alpha", options.alpha);
        Settings.NotNegative("weight_decay", options.weight_decay);
        Add(param_group, one => new State(one));
    }

    /// <inheritdoc/>
    public override unsafe torch.Tensor? step(Func<torch.Tensor>? closure = null) =>
        Step<ParamGroup>(closure, group =>
    {
        var options = (Options)group.Options;
        var states = StatesOf<State>(group);
        var settings = new RmsSettings
        {
            Rate = group.LearningRate,
            Alpha = options.alpha ?? 0.99,
            Epsilon = options.eps ?? 1e-8,
            Decay = options.weight_decay ?? 0,
            Momentum = options.momentum ?? 0,
            Centered = options.centered == true ? 1 : 0,
            Maximize = options.maximize == true ? 1 : 0,
        };
        var steps = Array.ConvertAll(states, one => one.step);
        var buffers = options.momentum > 0 ? torch.Handles(states.Select(one => one.momentum_buffer!)) : null;
        var means = options.centered == true ? torch.Handles(states.Select(one => one.grad_avg!)) : null;
        int status;
        fixed (nint* parameters = torch.Handles(group.Parameters))
        fixed (nint* squares = torch.Handles(states.Select(one => one.square_avg)))
        fixed (nint* buffer = buffers)
        fixed (nint* mean = means)
        fixed (long* counts = steps)
            status = Native.ts_rmsprop_step(parameters, squares, buffer, mean, counts, states.Length,
                &settings);
        GC.KeepAlive(group);
        GC.KeepAlive(states);
        Native.Check(status);
        for (var i = 0; i < states.Length; i++) states[i].step = steps[i];
    });

    /// <summary>The running means of one parameter's gradient.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        private readonly Parameter parameter;
        private torch.Tensor square;
        private torch.Tensor? buffer;
        private torch.Tensor? mean;

        internal State(Parameter parameter)
        {
            this.parameter = parameter;
            square = Zeros(parameter);
            buffer = Zeros(parameter);
            mean = Zeros(parameter);
        }

        /// <value>Steps taken.</value>
        public long step { get; set; }

        public torch.Tensor square_avg => square;

        public torch.Tensor? momentum_buffer => buffer;

        public torch.Tensor? grad_avg => mean;

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            square.Save(writer);
            SaveOptional(writer, buffer);
            SaveOptional(writer, mean);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            square.Load(reader);
            LoadOptional(reader, ref buffer, parameter);
            LoadOptional(reader, ref mean, parameter);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Put(ref square!, other.square);
            Put(ref buffer, other.buffer);
            Put(ref mean, other.mean);
        }

        public void Dispose()
        {
            square.Dispose();
            buffer?.Dispose();
            mean?.Dispose();
        }
    }

    public class Options : OptimizerOptions
    {
        public double? alpha;
        public double? eps;
        public double? weight_decay;
        public double? momentum;
        public bool? centered;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(maximize ?? false);
            writer.Write(momentum ?? 0);
            writer.Write(alpha ?? 0.99);
            writer.Write(eps ?? 1e-8);
            writer.Write(weight_decay ?? 0);
            writer.Write(centered ?? false);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            (maximize, momentum, alpha) = (reader.ReadBoolean(), reader.ReadDouble(), reader.ReadDouble());
            (eps, weight_decay, centered) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean());
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (maximize, momentum, alpha) = (other.maximize, other.momentum, other.alpha);
            (eps, weight_decay, centered) = (other.eps, other.weight_decay, other.centered);
        }
    }

    /// <summary>Parameters with RMSProp's settings.</summary>
    public class ParamGroup : Modules.ParamGroup
    {
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8,
            double alpha = 0.99,
            double weight_decay = 0, double momentum = 0.0, bool centered = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                eps = eps,
                alpha = alpha,
                weight_decay = weight_decay,
                momentum = momentum,
                centered = centered,
            })
        {
        }
    }
}
