using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;

namespace TrainingCluster.LearningTests.Ppo;

public sealed class DenseNetworkSpecs
{
    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(7, 13, 37)]
    [InlineData(8, 64, 64)]
    [InlineData(5, 31, 33)]
    public void A_product_equals_the_plain_sum_of_products(int rows, int inner, int columns)
    {
        var random = new Seed(3).Stream();
        var (left, right, bias) =
            (Draw(rows * inner, random), Draw(inner * columns, random), Draw(columns, random));
        var output = new float[rows * columns];

        DenseKernels.Multiply(left, StridedShape.Plain(rows, inner, columns), right, bias, output);

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                double sum = bias[column];
                for (var k = 0; k < inner; k++)
                {
                    sum += (double)left[row * inner + k] * right[k * columns + column];
                }

                Assert.Equal(sum, output[row * columns + column], 1e-4);
            }
        }
    }

    [Fact]
    public void Vectors_of_sixteen_and_of_eight_give_the_same_bits_for_every_shape()
    {
        var random = new Seed(9).Stream();
        foreach (var rows in (int[])[1, 4, 7, 8, 37, 130])
        {
            foreach (var inner in (int[])[1, 129, 300])
            {
                foreach (var columns in (int[])[1, 3, 16, 35, 64, 67, 131])
                {
                    var (left, right) = (Draw(rows * inner, random), Draw(inner * columns, random));
                    var wide = Draw(rows * columns, random);
                    var narrow = (float[])wide.Clone();
                    var shape = rows % 2 == 0 ? StridedShape.Transposed(rows, inner, columns)
                        : StridedShape.Plain(rows, inner, columns);

                    WideProduct.Add(ref left[0], ref right[0], ref wide[0], shape);
                    NarrowProduct.Add(ref left[0], ref right[0], ref narrow[0], shape);

                    Assert.True(wide.AsSpan().SequenceEqual(narrow), $"{rows} × {inner} × {columns}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(31, 17, 64)]
    [InlineData(32, 16, 5)]
    [InlineData(70, 137, 131)]
    [InlineData(256, 64, 257)]
    public void A_transposed_factor_and_a_bias_give_the_bits_of_the_plain_sums(int rows, int inner, int columns)
    {
        var random = new Seed(5).Stream();
        var (left, right, bias) =
            (Draw(rows * inner, random), Draw(inner * columns, random), Draw(columns, random));
        var turned = new float[right.Length];
        DenseKernels.Transpose(right, inner, columns, turned);
        var (plain, biased, scratch) = (new float[rows * columns], new float[rows * columns], new float[right.Length]);
        var (expected, expectedBiased) = (new float[rows * columns], new float[rows * columns]);
        for (var row = 0; row < rows; row++)
        {
            bias.CopyTo(expectedBiased, row * columns);
        }

        var shape = StridedShape.Plain(rows, inner, columns);
        NarrowProduct.Add(ref left[0], ref right[0], ref expected[0], shape);
        NarrowProduct.Add(ref left[0], ref right[0], ref expectedBiased[0], shape);
        Array.Fill(plain, float.NaN);
        DenseKernels.MultiplyTransposed(left, rows, inner, turned, columns, scratch, plain);
        DenseKernels.Multiply(left, shape, right, bias, biased);

        Assert.Equal(expected, plain);
        Assert.Equal(expectedBiased, biased);
    }

    [Fact]
    public void Two_halves_of_the_rows_and_of_the_gradient_give_the_bits_of_the_whole()
    {
        var random = new Seed(6).Stream();
        var network = new DenseNetwork([29, 64, 35, 3]);
        var (parameters, input, slopes) =
            (Draw(network.ParameterCount, random), Draw(90 * 29, random), Draw(90 * 3, random));
        var (whole, halves) = (new DenseActivations(network, 90), new DenseActivations(network, 90));
        var (gradient, gradientOfHalves) = (new float[parameters.Length], new float[parameters.Length]);
        var (down, downOfHalves) = (new float[input.Length], new float[input.Length]);

        network.Forward(parameters, input, 90, whole);
        network.Backward(parameters, input, 90, whole, slopes, gradient, down);
        foreach (var range in (RowRange[])[new(40, 50), new(0, 40)])
        {
            network.Forward(parameters, input, range, halves);
            network.Slopes(parameters, range, halves, slopes, downOfHalves);
        }

        network.AddGradient(input, 90, halves, slopes, gradientOfHalves, 1, 2);
        network.AddGradient(input, 90, halves, slopes, gradientOfHalves, 0, 2);

        Assert.Equal(whole.Outputs(90).ToArray(), halves.Outputs(90).ToArray());
        Assert.Equal(gradient, gradientOfHalves);
        Assert.Equal(down, downOfHalves);
    }

    [Fact]
    public void A_row_gives_the_same_bits_alone_as_inside_a_batch()
    {
        var random = new Seed(4).Stream();
        var network = PpoNetwork.Create(new PpoNetworkOptions(29, 4), random);
        var observations = Draw(67 * 29, random);

        var batch = network.Logits(observations, 67, new DenseActivations(network.Policy, 67)).ToArray();

        var alone = new DenseActivations(network.Policy, 1);
        for (var row = 0; row < 67; row++)
        {
            var logits = network.Logits(observations.AsSpan(row * 29, 29), 1, alone);
            Assert.True(logits.SequenceEqual(batch.AsSpan(row * 4, 4)), $"row {row}");
        }
    }

    [Fact]
    public void The_hyperbolic_tangent_is_within_a_millionth_and_keeps_nan()
    {
        var values = new float[2003];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (i - 1001) / 100f;
        }

        var results = (float[])values.Clone();
        DenseKernels.Tanh(results);
        float[] poisoned = [0, float.NaN];
        DenseKernels.Tanh(poisoned);

        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(Math.Tanh(values[i]), results[i], 1e-6);
        }

        Assert.True(float.IsNaN(poisoned[1]));
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(64, 4)]
    [InlineData(9, 64)]
    public void Orthogonal_weights_have_orthogonal_vectors_of_the_gain(int rows, int columns)
    {
        var weight = new float[rows * columns];

        OrthogonalInitialization.Fill(weight, rows, columns, Math.Sqrt(2), new Seed(1).Stream());

        var (count, length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var dot = 0.0;
                for (var k = 0; k < length; k++)
                {
                    dot += (double)At(i, k) * At(j, k);
                }

                Assert.Equal(i == j ? 2 : 0, dot, 1e-5);
            }
        }

        float At(int vector, int k) => rows < columns ? weight[vector * columns + k]
            : weight[k * columns + vector];
    }

    [Fact]
    public void A_network_survives_the_way_through_named_tensors()
    {
        var network = PpoNetwork.Create(new PpoNetworkOptions(5, 3) { Hidden = [7, 11] },
            new Seed(2).Stream());

        var tensors = network.ToTensors("agent.");
        var back = PpoNetworkTensors.FromTensors(network.Options, tensors, "agent.");

        Assert.Equal([7L, 5L], tensors["agent.policy.0.weight"].Shape.ToArray());
        Assert.Equal(network.Parameters.ToArray(), back.Parameters.ToArray());
    }

    private static float[] Draw(int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
}
