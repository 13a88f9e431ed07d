using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.LearningTests.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.LearningTests.Supervised;

public sealed class SupervisedPartsSpecs
{
    /// <summary>
    /// torch.optim.SGD of PyTorch 1.13 on Σ(x − 1)² from (3, −2), rate 0.1, momentum 0.9, weight decay 1e-4.
    /// </summary>
    [Fact]
    public void Sgd_with_momentum_takes_the_steps_of_pytorch()
    {
        float[] weights = [3, -2];
        float[] expected =
        [
            2.59997f, -1.39998f, 1.919923f, -0.379952f, 1.123877f, 0.814067f, 0.382649f, 1.925863f,
            -0.160990f, 2.741288f,
        ];
        var sgd = new FlatSgd(new FlatAdamState(new float[2], [], 0), 0.9, 1e-4);
        ParameterSpan[] all = [new("w", 0, 2)];
        for (var step = 0; step < 5; step++)
        {
            float[] gradients = [.. weights.Select(weight => 2 * (weight - 1))];
            sgd.Step(weights, gradients, 0.1, all);

            Assert.Equal(expected[2 * step], weights[0], 2e-6f);
            Assert.Equal(expected[2 * step + 1], weights[1], 2e-6f);
        }
    }

    [Fact]
    public void Only_the_active_weights_move_and_only_their_moments()
    {
        float[] weights = [1, 1, 1, 1];
        var adam = new FlatAdam(4, 0.1);

        adam.Step(weights, [1, 1, 1, 1], 0.1, [new ParameterSpan("b", 1, 2)]);

        Assert.Equal(1, weights[0]);
        Assert.Equal(1, weights[3]);
        Assert.NotEqual(1, weights[1]);
        Assert.Equal(weights[1], weights[2]);
        Assert.Equal([0f, 0f], adam.Capture().M[3..].Concat(adam.Capture().M[..1]));
    }

    [Fact]
    public void Vectors_and_single_numbers_take_the_same_steps_to_the_bit()
    {
        var stream = new RandomStream(4);
        float[] many = [.. Enumerable.Range(0, 37).Select(_ => (float)stream.NextGaussian())];
        float[] gradients = [.. Enumerable.Range(0, 37).Select(_ => (float)stream.NextGaussian())];
        float[] single = [.. many];
        var whole = new FlatAdam(37, 0.01);
        FlatAdam[] alone = [.. many.Select(_ => new FlatAdam(1, 0.01))];

        for (var step = 0; step < 4; step++)
        {
            whole.Step(many, gradients, 0.01);
            for (var i = 0; i < single.Length; i++)
            {
                alone[i].Step(single.AsSpan(i, 1), gradients.AsSpan(i, 1), 0.01);
            }
        }

        Assert.Equal(single, many);
    }

    [Fact]
    public void The_rate_follows_the_pace_of_the_loss_down_to_its_minimum()
    {
        var rate = AdaptiveRate.Start(0.1);
        (double Loss, double Rate)[] story =
        [
            (1.0, 0.1), (0.9, 0.1), (0.899, 0.095), (0.95, 0.0475), (double.NaN, 0.02375), (0.5, 0.02375),
            (0.6, 0.011875), (0.7, 0.01), (0.3, 0.01),
        ];

        foreach (var (loss, expected) in story)
        {
            rate = rate.After(loss, 0.95, 0.01);
            Assert.Equal(expected, rate.Rate, 1e-12);
        }
    }

    [Fact]
    public void Samples_are_drawn_in_proportion_to_their_weights()
    {
        const int Draws = 40_000;
        float[] weights = [0, 1, 3, 0, 4, 0];
        var order = new int[Draws];

        SampleOrder.Weighted(new RandomStream(6), weights, order);

        for (var i = 0; i < weights.Length; i++)
        {
            var share = weights[i] / 8.0;
            var error = 4 * Math.Sqrt(share * (1 - share) / Draws);
            Assert.Equal(share, order.Count(one => one == i) / (double)Draws, error);
        }
    }

    [Fact]
    public void What_is_drawn_by_weight_counts_the_same_in_the_loss()
    {
        var samples = new LabelledBars([1, 2, 3], [0, 1, 0], [0, 1, 2], [2f, 0f, .5f], [1f, 3f, 1f]);

        var even = samples.Even();

        Assert.Equal<float[]>([1f, 0f, 1f], [.. even.UpWeight]);
        Assert.Equal<float[]>([.5f, 0f, 2f], [.. even.BarrierWeight]);
    }

    [Fact]
    public void Prepared_batches_stay_while_there_is_room_and_the_oldest_leaves_first()
    {
        var made = 0;
        float[] Make(int[] bars)
        {
            made++;
            return [bars[0], bars[0]];
        }

        // Two floats and one bar are 12 bytes.
        var batches = new PreparedBatches(24);
        int[][] asked = [[1], [2], [1], [3], [1], [2]];
        var values = asked.Select(bars => batches.Get(bars, Make)[0]).ToArray();

        Assert.Equal([1f, 2f, 1f, 3f, 1f, 2f], values);
        Assert.Equal((2L, 4L, 24L), (batches.Hits, batches.Misses, batches.Bytes));
        Assert.Equal(4, made);
        var none = new PreparedBatches(0);
        none.Get([1], Make);
        none.Get([1], Make);
        Assert.Equal((0L, 2L, 0L), (none.Hits, none.Misses, none.Bytes));
    }

    [Fact]
    public void A_spec_that_names_no_option_means_the_defaults()
    {
        var silent = CnnLstmOptions.From(CnnLstmBudgets.For(BudgetName.Quick)).Training;

        Assert.Equal(new SupervisedOptions(), silent);
        Assert.Equal(silent, SupervisedOptions.From(SupervisedOptions.Optional));
        Assert.Null(StageCatalog.UnknownOverride("cnn_lstm.prefetch"));
        Assert.NotNull(StageCatalog.UnknownOverride("ppo.prefetch"));
    }

    [Fact]
    public void Options_out_of_range_are_all_named_and_cuda_is_refused_where_there_is_none()
    {
        var error = Assert.Throws<ArgumentException>(() => SmallFit.Options(
            ("momentum", 1), ("shards", 0), ("tuning_rate", 0), ("largest_pass", -1)));

        Assert.Contains("cnn_lstm.momentum is 1; it must be 0 or more and below 1", error.Message);
        Assert.Contains("cnn_lstm.shards is 0; it must be 1 to 256", error.Message);
        Assert.Contains("cnn_lstm.tuning_rate is 0; it must be above 0", error.Message);
        Assert.Contains("cnn_lstm.largest_pass is -1; it must be 0 or more", error.Message);
        if (TorchSharp.torch.cuda.is_available())
        {
            Assert.Equal(0, SmallFit.Options(("device", 0)).Training.RecurrentDevice);
            return;
        }

        var device = Assert.Throws<ArgumentException>(() => SmallFit.Options(("device", 0)));
        Assert.Contains(
            "cnn_lstm.device is 0; it must be -1 for the CPU, or the number of a CUDA device", device.Message);
    }
}
