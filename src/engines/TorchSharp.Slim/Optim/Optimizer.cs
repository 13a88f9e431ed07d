using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>What a learning-rate schedule sets.</summary>
            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                /// <value>The rate that schedules start from.</value>
                double InitialLearningRate { get; set; }
            }

            /// <summary>
            /// Changes parameters by their gradients. It holds no parameter alive longer than itself and
            /// disposes of none.
            /// </summary>
            public abstract class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = [];

                private protected Optimizer()
                {
                }

                /// <value>The groups, whose learning rates may be set between steps.</value>
                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

                public virtual IEnumerable<Parameter> parameters() =>
                    _parameter_groups.SelectMany(one => one.Parameters);

                /// <summary>Zeroes every gradient there is. A parameter without one stays without.</summary>
                public virtual unsafe void zero_grad()
                {
                    foreach (var group in _parameter_groups)
                    {
                        var handles = Handles(group.Parameters);
                        int status;
                        fixed (nint* at = handles) status = Native.ts_zero_grads(at, handles.Length);
                        GC.KeepAlive(group);
                        Native.Check(status);
                    }
                }

                /// <summary>
                /// One step along the gradients. A parameter without a gradient stays as it is.
                /// </summary>
                /// <param name="closure">Computes the loss and its gradients anew before the step.</param>
                /// <returns>What the closure gave, or null without one.</returns>
                public abstract Tensor? step(Func<Tensor>? closure = null);

                public virtual void add_param_group(ParamGroup param_group) =>
                    _parameter_groups.Add(param_group);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }

                /// <summary>An optimizer's options by group, and its states by parameter.</summary>
                public class StateDictionary
                {
                    internal StateDictionary()
                    {
                    }

                    public List<OptimizerOptions> Options { get; } = [];

                    public List<OptimizerState> State { get; } = [];

                    /// <value>For each group, the positions of its parameters in <see cref="State"/>.</value>
                    public List<List<int>> StateIndexRef { get; } = [];
                }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>The settings of one group of parameters.</summary>
    public class OptimizerOptions
    {
        private protected OptimizerOptions()
        {
        }

        public double? LearningRate { get; set; }

        public double InitialLearningRate { get; set; }

        public virtual void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(InitialLearningRate);
            writer.Write(LearningRate ?? InitialLearningRate);
        }

        public virtual void LoadStateDict(BinaryReader reader)
        {
            InitialLearningRate = reader.ReadDouble();
            LearningRate = reader.ReadDouble();
        }

        public virtual void LoadStateDict(OptimizerOptions source)
        {
            InitialLearningRate = source.InitialLearningRate;
            LearningRate = source.LearningRate;
        }
    }

    /// <summary>What an optimizer remembers of one parameter between steps.</summary>
    public abstract class OptimizerState
    {
        private protected OptimizerState()
        {
        }

        public abstract void SaveStateDict(BinaryWriter writer);

        public abstract void LoadStateDict(BinaryReader reader);

        /// <summary>Copies another's memory of the same parameter.</summary>
        public abstract void LoadStateDict(OptimizerState source);

        private protected static torch.Tensor Zeros(Parameter parameter)
        {
            using var frozen = torch.no_grad();
            return torch.zeros_like(parameter).DetachFromDisposeScope();
        }

        private protected static void Put(ref torch.Tensor? target, torch.Tensor? source)
        {
            var copy = source?.detach().clone().DetachFromDisposeScope();
            target?.Dispose();
            target = copy;
        }

        private protected static void SaveOptional(BinaryWriter writer, torch.Tensor? tensor)
        {
            writer.Write(tensor is not null);
            tensor?.Save(writer);
        }

        private protected static void LoadOptional(BinaryReader reader, ref torch.Tensor? tensor,
            Parameter parameter)
        {
            if (!reader.ReadBoolean())
            {
                tensor?.Dispose();
                tensor = null;
                return;
            }
            tensor ??= Zeros(parameter);
            tensor.Load(reader);
        }
    }

    /// <summary>Parameters that share settings.</summary>
    public class ParamGroup : torch.optim.ILearningRateController
    {
        private protected ParamGroup(IEnumerable<Parameter> parameters, OptimizerOptions options) =>
            (Parameters, Options) = (parameters.ToArray(), options);

        public IEnumerable<Parameter> Parameters { get; set; }

        public OptimizerOptions Options { get; set; }

        public double LearningRate
        {
            get => Options.LearningRate ?? Options.InitialLearningRate;
            set => Options.LearningRate = value;
        }

        public double InitialLearningRate
        {
            get => Options.InitialLearningRate;
            set => Options.InitialLearningRate = value;
        }
    }
}
