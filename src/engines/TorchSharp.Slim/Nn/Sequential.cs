namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other; without names of their own they are called 0, 1, …</summary>
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> steps = [];

        internal Sequential(IEnumerable<(string name, torch.nn.Module<torch.Tensor,
            torch.Tensor> module)> modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules) append(name, module);
        }

        public int Count => steps.Count;

        public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => steps[index];

        public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
        {
            if (module is not torch.nn.Module<torch.Tensor, torch.Tensor> step)
                throw new ArgumentException(
                    $"{module.GetType().Name} is not a module from a tensor to a tensor", nameof(module));
            register_module(name, step);
            steps.Add(step);
            return this;
        }

        public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) =>
            append(steps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

        /// <summary>
        /// The results between the steps belong to the current dispose scope; without one they are disposed
        /// of here.
        /// </summary>
        public override torch.Tensor forward(torch.Tensor tensor)
        {
            if (steps.Count == 0) return tensor.alias();
            var current = tensor;
            foreach (var step in steps)
            {
                var next = step.call(current);
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
                current = next;
            }
            return current;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential() => new([]);

            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(
                params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                new(Numbered(modules));

            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
                new(Numbered(modules));

            private static IEnumerable<(string, Module<Tensor, Tensor>)> Numbered(
                IEnumerable<Module<Tensor, Tensor>> modules) => modules.Select(
                    (module, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), module));
        }
    }
}
