using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>
/// Adam (Kingma &amp; Ba 2015, Algorithm 1), with AMSGrad (Reddi, Kale &amp; Kumar 2018) on demand. Weight
/// decay is added to the gradient. Epsilon stands outside the corrected root, as in PyTorch. A step is one
/// native call and gives the same bits on every processor.
/// </summary>
public class Adam : OptimizerHelper
{
    private readonly bool decoupled;

    internal Adam(IEnumerable<ParamGroup> groups, bool decoupled = false)
    {
        this.decoupled = decoupled;
        foreach (var group in groups) add_param_group(group);
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        if (param_group is not ParamGroup { Options: Options options })
            throw new ArgumentException($"{GetType().Name} takes groups of its own kind",
                nameof(param_group));
        Settings.NotNegative("learning rate", options.LearningRate);
        Settings.NotNegative("eps", options.eps);
        Settings.NotNegative("weight_decay", options.weight_decay);
        Settings.Fraction("beta1", options.beta1);
        Settings.Fraction("beta2", options.beta2);
        Add(param_group, one => new State(one, options.amsgrad == true));
    }

    /// <inheritdoc/>
    public override unsafe torch.Tensor? step(Func<torch.Tensor>? closure = null) =>
        Step<ParamGroup>(closure, group =>
    {
        var options = (Options)group.Options;
        var states = StatesOf<State>(group);
        var settings = new AdamSettings
        {
            Rate = group.LearningRate,
            Beta1 = options.beta1 ?? 0.9,
            Beta2 = options.beta2 ?? 0.999,
            Epsilon = options.eps ?? 1e-8,
            Decay = options.weight_decay ?? 0,
            Amsgrad = options.amsgrad == true ? 1 : 0,
            Maximize = options.maximize == true ? 1 : 0,
            Decoupled = decoupled ? 1 : 0,
        };
        var steps = Array.ConvertAll(states, one => one.step);
        var largest = options.amsgrad == true ? torch.Handles(states.Select(one => one.max_exp_avg_sq!))
            : null;
        int status;
        fixed (nint* parameters = torch.Handles(group.Parameters))
        fixed (nint* first = torch.Handles(states.Select(one => one.exp_avg)))
        fixed (nint* second = torch.Handles(states.Select(one => one.exp_avg_sq)))
        fixed (nint* most = largest)
        fixed (long* counts = steps)
            status = Native.ts_adam_step(parameters, first, second, most, counts, states.Length, &settings);
        GC.KeepAlive(group);
        GC.KeepAlive(states);
        Native.Check(status);
        for (var i = 0; i < states.Length; i++) states[i].step = steps[i];
    });

    /// <summary>The running moments of one parameter's gradient.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        private readonly Parameter parameter;
        private torch.Tensor first;
        private torch.Tensor second;
        private torch.Tensor? largest;

        internal State(Parameter parameter, bool amsgrad)
        {
            this.parameter = parameter;
            first = Zeros(parameter);
            second = Zeros(parameter);
            if (amsgrad) largest = Zeros(parameter);
        }

        /// <value>Steps taken.</value>
        public long step { get; set; }

        /// <value>The mean of the gradient, not corrected.</value>
        public torch.Tensor exp_avg => first;

        /// <value>The mean of its square, not corrected.</value>
        public torch.Tensor exp_avg_sq => second;

        /// <value>AMSGrad's largest mean of the square.</value>
        public torch.Tensor? max_exp_avg_sq => largest;

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            first.Save(writer);
            second.Save(writer);
            SaveOptional(writer, largest);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            first.Load(reader);
            second.Load(reader);
            LoadOptional(reader, ref largest, parameter);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Put(ref first!, other.first);
            Put(ref second!, other.second);
            Put(ref largest, other.largest);
        }

        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
            largest?.Dispose();
        }
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(beta1 ?? 0.9);
            writer.Write(beta2 ?? 0.999);
            writer.Write(eps ?? 1e-8);
            writer.Write(weight_decay ?? 0);
            writer.Write(amsgrad ?? false);
            writer.Write(maximize ?? false);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            (beta1, beta2, eps) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            (weight_decay, amsgrad, maximize) = (reader.ReadDouble(), reader.ReadBoolean(),
                reader.ReadBoolean());
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, eps) = (other.beta1, other.beta2, other.eps);
            (weight_decay, amsgrad, maximize) = (other.weight_decay, other.amsgrad, other.maximize);
        }
    }

    /// <summary>Parameters with Adam's settings.</summary>
    public class ParamGroup : Modules.ParamGroup
    {
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }
    }
}

/// <summary>
/// Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019, Algorithm 2): weights shrink by rate ·
/// decay before the step.
/// </summary>
public class AdamW : Adam
{
    internal AdamW(IEnumerable<ParamGroup> groups) : base(groups, decoupled: true)
    {
    }
}
