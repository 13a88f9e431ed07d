namespace TorchSharp.Modules
{
    /// <summary>max(0, x)</summary>
    public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal ReLU(bool inplace) : base(nameof(ReLU)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.relu(tensor, inplace);
    }

    /// <summary>Hyperbolic tangent.</summary>
    public sealed class Tanh : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Tanh(bool inplace) : base(nameof(Tanh)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.tanh(tensor, inplace);
    }

    /// <summary>1 / (1 + exp(−x))</summary>
    public sealed class Sigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid(bool inplace) : base(nameof(Sigmoid)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            inplace ? tensor.sigmoid_().alias() : tensor.sigmoid();
    }

    /// <summary>x · sigmoid(x)</summary>
    public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal SiLU(bool inplace) : base(nameof(SiLU)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.silu(tensor, inplace);
    }

    /// <summary>x · Φ(x) (Hendrycks &amp; Gimpel 2016).</summary>
    public sealed class GELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal GELU() : base(nameof(GELU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.gelu();
    }

    /// <summary>log(1 + exp(beta · x)) / beta</summary>
    public sealed class Softplus : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Softplus(double beta, double threshold) : base(nameof(Softplus)) =>
            (this.beta, this.threshold) = (beta, threshold);

        public double beta { get; set; }

        public double threshold { get; set; }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.softplus(beta, threshold);
    }

    /// <summary>Joins the axes from start_dim to end_dim.</summary>
    public sealed class Flatten : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Flatten(long start, long end) : base(nameof(Flatten)) => (start_dim, end_dim) = (start, end);

        public long start_dim { get; set; }

        public long end_dim { get; set; }

        public override torch.Tensor forward(torch.Tensor input) => input.flatten(start_dim, end_dim);
    }

    /// <summary>
    /// In training, zeroes each element with probability p and scales the others by 1 / (1 − p) (Srivastava
    /// et al. 2014).
    /// </summary>
    public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Dropout(double p, bool inplace) : base(nameof(Dropout)) =>
            (this.p, this.inplace) = (p, inplace);

        public double p { get; set; }

        public bool inplace { get; set; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.dropout(tensor, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.ReLU"/>
            public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);

            /// <inheritdoc cref="Modules.Tanh"/>
            public static Modules.Tanh Tanh(bool inplace = false) => new(inplace);

            /// <inheritdoc cref="Modules.Sigmoid"/>
            public static Modules.Sigmoid Sigmoid() => new(false);

            /// <inheritdoc cref="Modules.SiLU"/>
            public static Modules.SiLU SiLU() => new(false);

            /// <inheritdoc cref="Modules.GELU"/>
            public static Modules.GELU GELU() => new();

            /// <inheritdoc cref="Modules.Softplus"/>
            public static Modules.Softplus Softplus(double beta = 1, double threshold = 20) =>
                new(beta, threshold);

            /// <inheritdoc cref="Modules.Flatten"/>
            public static Modules.Flatten Flatten(long start_dim = 1, long end_dim = -1) =>
                new(start_dim, end_dim);

            /// <inheritdoc cref="Modules.Dropout"/>
            public static Modules.Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
