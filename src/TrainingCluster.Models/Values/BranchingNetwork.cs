using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;

namespace TrainingCluster.Models.Values;

/// <summary>
/// Action values of one or several branches over a shared trunk: Wang et al. 2016, arXiv:1511.06581, equation
/// 9, for one branch; Tavakoli, Pardo, Kormushev 2018, arXiv:1711.08946, equation 1, for several. It owns no
/// numbers: parameters are a flat span; encoders, trunk, value head, branch heads, and the auxiliary head
/// last.
/// </summary>
public sealed class BranchingNetwork
{
    private readonly DenseNetwork[] _encoders;
    private readonly DenseNetwork _trunk;
    private readonly DenseNetwork? _value;
    private readonly DenseNetwork[] _branches;
    private readonly DenseNetwork? _auxiliary;

    /// <exception cref="ArgumentException">A width is below 1, a branch has fewer than 2 choices, or an
    /// encoder reads beyond the observation.</exception>
    public BranchingNetwork(BranchingNetworkOptions options)
    {
        Check(options);
        Options = options;
        var hidden = options.Hidden;
        _encoders = [.. options.Encoders.Select(slice =>
            new DenseNetwork([slice.Count, .. slice.Widths], hidden, hidden))];
        Embedding = _encoders.Length == 0 ? options.Observations : _encoders.Sum(one => one.Outputs);
        _trunk = new DenseNetwork([Embedding, .. options.Trunk], hidden, hidden);
        DenseNetwork Head(int outputs) => new([Features, .. options.Head, outputs], hidden);
        _value = options.Dueling ? Head(1) : null;
        _branches = [.. options.Branches.Select(Head)];
        _auxiliary = options.Auxiliary ? Head(1) : null;
        Parts = [.. _encoders, _trunk, .. Optional(_value), .. _branches, .. Optional(_auxiliary)];
        var offsets = ImmutableArray.CreateBuilder<int>();
        foreach (var part in Parts)
        {
            offsets.Add(ParameterCount);
            ParameterCount += part.ParameterCount;
        }

        Offsets = offsets.ToImmutable();
    }

    public BranchingNetworkOptions Options { get; }

    public int ParameterCount { get; }

    /// <summary>Parameters before the auxiliary head's: all that Q depends on.</summary>
    public int ValueParameterCount => ParameterCount - (_auxiliary?.ParameterCount ?? 0);

    /// <summary>Outputs of the trunk, which all heads read.</summary>
    public int Features => _trunk.Outputs;

    /// <summary>Encoders, trunk, value head, branch heads and auxiliary head, in the order of the flat parameters, by
    /// names for tensors of a model file: "encoder0", "trunk", "value", "branch0" …, "auxiliary".</summary>
    public ImmutableArray<NamedNetwork> Named
    {
        get
        {
            string[] names =
            [
                .. _encoders.Select((_, i) => $"encoder{i}"), "trunk", .. Optional(_value).Select(_ => "value"),
                .. _branches.Select((_, i) => $"branch{i}"), .. Optional(_auxiliary).Select(_ => "auxiliary"),
            ];
            return [.. names.Zip(Parts, (name, part) => new NamedNetwork(name, part))];
        }
    }

    internal int Embedding { get; }

    internal ImmutableArray<DenseNetwork> Parts { get; }

    internal ImmutableArray<int> Offsets { get; }

    /// <summary>PyTorch's initialisation of every layer; the auxiliary head draws from a stream of its
    /// own, so that its presence changes nothing else.</summary>
    public void Initialize(Span<float> parameters, RandomStream random, RandomStream auxiliary)
    {
        for (var part = 0; part < Parts.Length; part++)
        {
            var stream = _auxiliary is not null && part == Parts.Length - 1 ? auxiliary : random;
            Parts[part].InitializeUniform(parameters[Offsets[part]..], stream);
        }
    }

    /// <summary>Fills the scratch for a batch.</summary>
    /// <param name="observations">[rows, observations].</param>
    /// <returns>Q [rows, Σ choices], branch after branch, inside the scratch.</returns>
    public ReadOnlySpan<float> Forward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> observations, int rows, BranchingScratch scratch)
    {
        var embedding = Embed(parameters, observations, rows, scratch);
        var part = _encoders.Length;
        var features = _trunk.Forward(parameters[Offsets[part]..], embedding, rows, scratch.Parts[part]);
        part++;
        ReadOnlySpan<float> values = [];
        if (_value is not null)
        {
            values = _value.Forward(parameters[Offsets[part]..], features, rows, scratch.Parts[part]);
            part++;
        }

        var (start, choices) = (0, Options.Choices);
        var all = scratch.Values.AsSpan(0, rows * choices);
        foreach (var branch in _branches)
        {
            var advantages = branch.Forward(parameters[Offsets[part]..], features, rows, scratch.Parts[part]);
            for (var row = 0; row < rows; row++)
            {
                var line = advantages.Slice(row * branch.Outputs, branch.Outputs);
                var target = all.Slice(row * choices + start, branch.Outputs);
                line.CopyTo(target);
                if (_value is not null)
                {
                    Join(target, values[row]);
                }
            }

            start += branch.Outputs;
            part++;
        }

        return all;
    }

    /// <summary>The auxiliary head's output [rows] for the batch of the last <see cref="Forward"/>.</summary>
    public ReadOnlySpan<float> Auxiliary(ReadOnlySpan<float> parameters, int rows, BranchingScratch scratch)
    {
        var part = Parts.Length - 1;
        var head = _auxiliary ?? throw new InvalidOperationException("the network has no auxiliary head");
        return head.Forward(
            parameters[Offsets[part]..], FeaturesOf(rows, scratch), rows, scratch.Parts[part]);
    }

    /// <summary>Adds the gradient of a batch after <see cref="Forward"/>.</summary>
    /// <param name="slopes">Loss by Q, [rows, Σ choices].</param>
    /// <param name="auxiliarySlopes">Loss by the auxiliary output, [rows]; empty leaves that head out
    /// altogether.</param>
    /// <param name="trunkScale">Factor on what the heads of Q send into the trunk.</param>
    /// <param name="gradient">Laid out like the parameters; added to.</param>
    /// <param name="inputGradient">Loss by the observations, [rows, observations], overwritten: 0 for entries that
    /// no encoder reads; empty where nobody asks.</param>
    public void Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> observations, int rows, BranchingScratch scratch,
        ReadOnlySpan<float> slopes, ReadOnlySpan<float> auxiliarySlopes, float trunkScale,
        Span<float> gradient, Span<float> inputGradient = default)
    {
        var sum = scratch.FeatureSlopes.AsSpan(0, rows * Features);
        sum.Clear();
        HeadsBackward(parameters, rows, scratch, slopes, gradient);
        Scale(sum, trunkScale);
        if (!auxiliarySlopes.IsEmpty)
        {
            HeadBackward(Parts.Length - 1, parameters, rows, scratch, auxiliarySlopes, gradient);
        }

        var trunk = _encoders.Length;
        var deeper = trunk == 0 ? inputGradient : scratch.EmbeddingSlopes.AsSpan(0, rows * Embedding);
        _trunk.Backward(
            parameters[Offsets[trunk]..], trunk == 0 ? observations : scratch.Embedding, rows,
            scratch.Parts[trunk], sum, gradient[Offsets[trunk]..], deeper);
        EncodersBackward(parameters, rows, scratch, gradient, inputGradient);
    }

    internal int EncoderCount => _encoders.Length;

    private static IEnumerable<DenseNetwork> Optional(DenseNetwork? part) => part is null ? [] : [part];

    private static void Join(Span<float> advantages, float value)
    {
        var mean = 0f;
        foreach (var advantage in advantages)
        {
            mean += advantage;
        }

        mean /= advantages.Length;
        foreach (ref var advantage in advantages)
        {
            advantage = value + (advantage - mean);
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        if (factor != 1)
        {
            foreach (ref var value in values)
            {
                value *= factor;
            }
        }
    }

    private static void Check(BranchingNetworkOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Observations, 1);
        if (options.Branches.IsDefaultOrEmpty || options.Branches.Any(count => count < 2))
        {
            throw new ArgumentException(
                $"branches have {string.Join(", ", options.Branches)} choices; each needs at least 2",
                nameof(options));
        }

        if (options.Trunk.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a branching network needs a trunk of at least one layer",
                nameof(options));
        }

        foreach (var slice in options.Encoders)
        {
            if (slice.Start < 0 || slice.Count < 1 || slice.Start + slice.Count > options.Observations
                || slice.Widths.IsDefaultOrEmpty)
            {
                throw new ArgumentException(
                    $"an encoder reads entries {slice.Start} to {slice.Start + slice.Count - 1} of "
                    + $"{options.Observations} through {slice.Widths.Length} layers; entries must exist and "
                    + "layers be at least one", nameof(options));
            }
        }
    }

    private ReadOnlySpan<float> Embed(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> observations, int rows, BranchingScratch scratch)
    {
        if (_encoders.Length == 0)
        {
            return observations;
        }

        var at = 0;
        for (var part = 0; part < _encoders.Length; part++)
        {
            var slice = Options.Encoders[part];
            var input = scratch.Slices[part].AsSpan(0, rows * slice.Count);
            for (var row = 0; row < rows; row++)
            {
                observations.Slice(row * Options.Observations + slice.Start, slice.Count)
                    .CopyTo(input[(row * slice.Count)..]);
            }

            var output = _encoders[part].Forward(
                parameters[Offsets[part]..], input, rows, scratch.Parts[part]);
            var width = _encoders[part].Outputs;
            for (var row = 0; row < rows; row++)
            {
                output.Slice(row * width, width).CopyTo(scratch.Embedding.AsSpan(row * Embedding + at));
            }

            at += width;
        }

        return scratch.Embedding.AsSpan(0, rows * Embedding);
    }

    private ReadOnlySpan<float> FeaturesOf(int rows, BranchingScratch scratch) =>
        scratch.Parts[_encoders.Length].Output(_trunk.Layers - 1, rows);

    private void HeadsBackward(
        ReadOnlySpan<float> parameters, int rows, BranchingScratch scratch, ReadOnlySpan<float> slopes,
        Span<float> gradient)
    {
        var (part, start, choices) = (_encoders.Length + (_value is null ? 1 : 2), 0, Options.Choices);
        var valueSlopes = scratch.ValueSlopes.AsSpan(0, rows);
        valueSlopes.Clear();
        foreach (var branch in _branches)
        {
            var own = scratch.BranchSlopes.AsSpan(0, rows * branch.Outputs);
            for (var row = 0; row < rows; row++)
            {
                var line = own.Slice(row * branch.Outputs, branch.Outputs);
                slopes.Slice(row * choices + start, branch.Outputs).CopyTo(line);
                if (_value is not null)
                {
                    valueSlopes[row] += ThroughMean(line);
                }
            }

            HeadBackward(part, parameters, rows, scratch, own, gradient);
            start += branch.Outputs;
            part++;
        }

        if (_value is not null)
        {
            HeadBackward(_encoders.Length + 1, parameters, rows, scratch, valueSlopes, gradient);
        }
    }

    /// <summary>Takes the mean out of a line of slopes and returns their sum: the slope by V.</summary>
    private static float ThroughMean(Span<float> line)
    {
        var sum = 0f;
        foreach (var slope in line)
        {
            sum += slope;
        }

        foreach (ref var slope in line)
        {
            slope -= sum / line.Length;
        }

        return sum;
    }

    private void HeadBackward(
        int part, ReadOnlySpan<float> parameters, int rows, BranchingScratch scratch,
        ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        var down = scratch.HeadInputSlopes.AsSpan(0, rows * Features);
        Parts[part].Backward(
            parameters[Offsets[part]..], FeaturesOf(rows, scratch), rows, scratch.Parts[part], slopes,
            gradient[Offsets[part]..], down);
        var sum = scratch.FeatureSlopes.AsSpan(0, down.Length);
        for (var i = 0; i < down.Length; i++)
        {
            sum[i] += down[i];
        }
    }

    private void EncodersBackward(
        ReadOnlySpan<float> parameters, int rows, BranchingScratch scratch, Span<float> gradient,
        Span<float> inputGradient)
    {
        if (_encoders.Length > 0)
        {
            inputGradient.Clear();
        }

        var at = 0;
        for (var part = 0; part < _encoders.Length; part++)
        {
            var width = _encoders[part].Outputs;
            var slopes = scratch.EncoderSlopes.AsSpan(0, rows * width);
            for (var row = 0; row < rows; row++)
            {
                scratch.EmbeddingSlopes.AsSpan(row * Embedding + at, width).CopyTo(slopes[(row * width)..]);
            }

            var slice = Options.Encoders[part];
            var down = inputGradient.IsEmpty ? [] : scratch.SliceSlopes(rows * slice.Count);
            _encoders[part].Backward(
                parameters[Offsets[part]..], scratch.Slices[part], rows, scratch.Parts[part], slopes,
                gradient[Offsets[part]..], down);
            for (var row = 0; row < rows && !down.IsEmpty; row++)
            {
                AddTo(
                    inputGradient.Slice(row * Options.Observations + slice.Start, slice.Count),
                    down.Slice(row * slice.Count, slice.Count));
            }

            at += width;
        }
    }

    private static void AddTo(Span<float> target, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            target[i] += values[i];
        }
    }
}
