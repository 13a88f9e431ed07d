using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <inheritdoc cref="Modules.Adam"/>
        public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new([new Modules.Adam.ParamGroup(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad,
                maximize)]);

        /// <inheritdoc cref="Modules.Adam"/>
        public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3,
            double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
                bool amsgrad = false, bool maximize = false) =>
            Adam(Unnamed(parameters), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="Modules.Adam"/>
        public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(Completed(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));

        /// <inheritdoc cref="Modules.AdamW"/>
        public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new([new Modules.Adam.ParamGroup(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad,
                maximize)]);

        /// <inheritdoc cref="Modules.AdamW"/>
        public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters,
            double lr = 1e-3,
            double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
                bool amsgrad = false, bool maximize = false) =>
            AdamW(Unnamed(parameters), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <inheritdoc cref="Modules.AdamW"/>
        public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3,
            double beta1 = 0.9,
            double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
            bool maximize = false) =>
            new(Completed(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));

        /// <inheritdoc cref="Modules.SGD"/>
        public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0,
            double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            new([new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize)]);

        /// <inheritdoc cref="Modules.SGD"/>
        public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate,
            double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
            bool maximize = false) =>
            SGD(Unnamed(parameters), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <inheritdoc cref="Modules.RMSProp"/>
        public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01,
            double alpha = 0.99,
            double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false,
            bool maximize = false)
        {
            var group = new RMSProp.ParamGroup(parameters, lr, eps, alpha, weight_decay, momentum, centered);
            ((RMSProp.Options)group.Options).maximize = maximize;
            return new([group]);
        }

        /// <inheritdoc cref="Modules.RMSProp"/>
        public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters,
            double lr = 0.01,
            double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false) =>
            RMSProp(Unnamed(parameters), lr, alpha, eps, weight_decay, momentum, centered, maximize);

        private static IEnumerable<Parameter> Unnamed(
            IEnumerable<(string name, Parameter parameter)> parameters) =>
            parameters.Select(one => one.parameter);

        // Settings that a group leaves open are the call's.
        private static List<Adam.ParamGroup> Completed(IEnumerable<Adam.ParamGroup> groups, double lr,
            double beta1,
            double beta2, double eps, double weightDecay, bool amsgrad, bool maximize)
        {
            var complete = groups.ToList();
            foreach (var options in complete.Select(one => (Adam.Options)one.Options))
            {
                options.LearningRate ??= lr;
                options.InitialLearningRate = options.LearningRate.Value;
                options.beta1 ??= beta1;
                options.beta2 ??= beta2;
                options.eps ??= eps;
                options.weight_decay ??= weightDecay;
                options.amsgrad ??= amsgrad;
                options.maximize ??= maximize;
            }
            return complete;
        }
    }
}
