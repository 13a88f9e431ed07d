using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

[Collection(TensorCollection.Name)]
public sealed class TensorSpecs : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Arithmetic_broadcasts_over_axes_of_size_one()
    {
        var column = tensor(new[] { 1f, 2f, 3f }, [3, 1]);
        var row = tensor(new[] { 10f, 20f });

        var table = column + row;

        Assert.Equal([3, 2], table.shape);
        Assert.Equal([11f, 21f, 12f, 22f, 13f, 23f], table.data<float>().ToArray());
    }

    [Fact]
    public void Numbers_stand_on_either_side_of_an_operator()
    {
        var x = tensor(new[] { 2f, 4f });

        Assert.Equal([8f, 6f], (10 - x).data<float>().ToArray());
        Assert.Equal([.5f, .25f], (1.0 / x).data<float>().ToArray());
        Assert.Equal([-1f, 1f], (x - 3f).data<float>().ToArray());
        Assert.Equal([5f, 9f], (2 * x + 1).data<float>().ToArray());
        Assert.Equal([-2f, -4f], (-x).data<float>().ToArray());
    }

    [Fact]
    public void An_integer_tensor_plus_an_integer_stays_one()
    {
        var x = tensor(new[] { 1L, 2L });

        Assert.Equal(ScalarType.Int64, (x + 1).dtype);
        Assert.Equal(ScalarType.Float32, (x + .5).dtype);
        Assert.Equal(ScalarType.Bool, (x > 1).dtype);
        Assert.Equal(ScalarType.Int64, arange(7).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, .25).dtype);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_both_named()
    {
        var left = zeros(2, 3);
        var right = zeros(5, 7);

        var product = Assert.Throws<ExternalException>(() => left.matmul(right));
        var sum = Assert.Throws<ExternalException>(() => left + zeros(2, 5));

        Assert.Contains("2x3 and 5x7", product.Message);
        Assert.Contains("(3) must match the size of tensor b (5)", sum.Message);
        Assert.DoesNotContain("Exception raised from", product.Message);
    }

    [Fact]
    public void Data_that_does_not_fill_the_shape_is_refused()
    {
        var error = Assert.Throws<ExternalException>(() => tensor(new[] { 1f, 2f, 3f }, [2, 2]));

        Assert.Contains("the data has 12 bytes, but a tensor of shape [2, 2]", error.Message);
    }

    [Fact]
    public void Indices_name_numbers_ranges_new_axes_and_masks()
    {
        var x = arange(24).reshape(2, 3, 4);

        Assert.Equal(23, x[1, 2, 3].item<long>());
        Assert.Equal([2, 2, 4], x[.., 1..].shape);
        Assert.Equal([13L, 17L, 21L], x[1, .., 1].data<long>().ToArray());
        Assert.Equal([3L, 7L, 11L], x[0, TensorIndex.Ellipsis, ^1].data<long>().ToArray());
        Assert.Equal([1, 2, 3, 4], x[TensorIndex.None].shape);
        Assert.Equal([0L, 2L], x[0, 0, TensorIndex.Slice(step: 2)].data<long>().ToArray());
        Assert.Equal([22L, 23L], x[TensorIndex.Tensor(x > 21)].data<long>().ToArray());
        Assert.Equal([4L, 0L], x[0, TensorIndex.Tensor(tensor(new[] { 1L, 0L })), 0].data<long>().ToArray());
    }

    [Fact]
    public void Assigning_to_an_index_changes_the_tensor()
    {
        var x = zeros(2, 3);

        x[1] = tensor(new[] { 1f, 2f, 3f });
        x[.., 0] = tensor(7f);

        Assert.Equal([7f, 0f, 0f, 7f, 2f, 3f], x.data<float>().ToArray());
    }

    [Fact]
    public void Reductions_drop_the_axes_they_run_over_or_keep_them()
    {
        var x = tensor(new[] { 1f, 2f, 3f, 4f, 5f, 9f }, [2, 3]);

        Assert.Equal(24f, x.sum().item<float>());
        Assert.Equal([5f, 7f, 12f], x.sum(0L).data<float>().ToArray());
        Assert.Equal([2, 1], x.mean([1], keepdim: true).shape);
        Assert.Equal([2f, 6f], x.mean([1]).data<float>().ToArray());
        Assert.Equal([1f, 7f], x.var(1).data<float>().ToArray());
        Assert.Equal(2f / 3, x.var([1L], unbiased: false)[0].item<float>(), 1e-6f);
        Assert.Equal([2L, 2L], x.argmax(1).data<long>().ToArray());
        var (values, indexes) = x.max(0);
        Assert.Equal([4f, 5f, 9f], values.data<float>().ToArray());
        Assert.Equal([1L, 1L, 1L], indexes.data<long>().ToArray());
        Assert.Equal(1f, x.min().item<float>());
        Assert.Equal([1f, 3f, 6f], x[0].cumsum(0).data<float>().ToArray());
        Assert.Equal(Math.Log(Math.E + Math.E), ones(2).logsumexp(0).ToDouble(), 1e-6);
    }

    [Fact]
    public void A_sum_that_CSharp_takes_for_one_of_bytes_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ones(2, 3).sum(0));

        Assert.Contains("write sum(0L)", error.Message);
        Assert.Equal(6L, ones(2, 3).sum(int64).item<long>());
    }

    [Fact]
    public void Views_share_memory_and_copies_do_not()
    {
        var x = zeros(2, 3);

        x.view(6)[5].fill_(1);
        x.transpose(0, 1).select(0, 0).fill_(2);
        x.narrow(1, 1, 1).add_(5);
        x.clone().fill_(9);

        Assert.Equal([2f, 5f, 0f, 2f, 5f, 1f], x.data<float>().ToArray());
    }

    [Fact]
    public void A_transposed_tensor_reads_in_its_own_order()
    {
        var x = arange(6).reshape(2, 3).T;

        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], x.data<long>().ToArray());
        Assert.Equal(4L, x.data<long>()[1, 1]);
        x.data<long>().CopyFrom([10, 20], tensorIndex: 2);
        Assert.Equal([0L, 3L, 10L, 20L, 2L, 5L], x.data<long>().ToArray());
        Assert.Equal([0L, 10L, 2L, 3L, 20L, 5L], x.T.contiguous().data<long>().ToArray());
    }

    [Fact]
    public void Joining_and_parting_are_inverse()
    {
        var x = arange(15).reshape(5, 3);

        Assert.Equal(x.data<long>(), cat(x.split(2), 0).data<long>());
        Assert.Equal(x.data<long>(), stack(x.unbind(1), 1).data<long>());
        Assert.Equal([3, 2], x.chunk(2).Select(part => part.size(0)));
        Assert.Equal([[1, 3], [4, 3]], x.split([1L, 4L]).Select(part => part.shape));
    }

    [Fact]
    public void Gather_and_scatter_go_by_position()
    {
        var x = tensor(new[] { 1f, 2f, 3f, 4f }, [2, 2]);
        var at = tensor(new[] { 1L, 0L }, [2, 1]);

        Assert.Equal([2f, 3f], x.gather(1, at).data<float>().ToArray());
        Assert.Equal([0f, 5f, 6f, 0f], zeros(2, 2).scatter(1, at, tensor(new[] { 5f, 6f }, [2,
            1])).data<float>());
        Assert.Equal([3f, 4f, 1f, 2f], x.index_select(0, tensor(new[] { 1L, 0L })).data<float>());
    }

    [Fact]
    public void Clamp_takes_numbers_or_tensors_and_either_end_alone()
    {
        var x = tensor(new[] { -2f, 0f, 2f });

        Assert.Equal([-1f, 0f, 1f], x.clamp(-1, 1).data<float>());
        Assert.Equal([-2f, 0f, 1f], x.clamp(max: (Scalar)1).data<float>());
        Assert.Equal([0f, 0f, 2f], clamp(x, zeros(3), null).data<float>());
        Assert.Equal([0f, 0f, 2f], where(x > 0, x, zeros_like(x)).data<float>());
    }

    [Fact]
    public void Item_wants_one_element_of_its_own_type()
    {
        var type = Assert.Throws<ArgumentException>(() => tensor(1f).item<double>());
        var size = Assert.Throws<ArgumentException>(() => zeros(2, 3).item<float>());

        Assert.Equal("item<Double>() on a tensor of Float32", type.Message);
        Assert.Contains("[2, 3]", size.Message);
        Assert.Equal(3.5, tensor(3.5f).ToDouble());
        Assert.Equal(4, (int)tensor(4L));
        Assert.True((bool)(tensor(4L) > 3));
    }

    [Fact]
    public void Gradients_add_up_until_they_are_zeroed()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);

        x.square().sum().backward();
        x.square().sum().backward();
        Assert.Equal([4f, 8f], x.grad!.data<float>());
        x.grad = null;

        Assert.Null(x.grad);
    }

    [Fact]
    public void Nothing_is_recorded_under_no_grad()
    {
        var x = ones(2).requires_grad_();

        using (no_grad())
        {
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False((x * 2).requires_grad);
        }

        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
    }

    [Fact]
    public void Backward_can_keep_the_graph_and_start_from_a_given_gradient()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        var y = x.square();

        y.backward(grad_tensors: [tensor(new[] { 1f, 10f })], retain_graph: true);
        y.backward(grad_tensors: [ones(2)]);

        Assert.Equal([4f, 44f], x.grad!.data<float>());
        Assert.Throws<ExternalException>(() => y.backward(grad_tensors: [ones(2)]));
    }

    [Fact]
    public void One_seed_gives_one_sequence()
    {
        manual_seed(11);
        var first = randn(5).data<float>().ToArray();
        var state = get_rng_state();
        var second = rand(5).data<float>().ToArray();

        set_rng_state(state);
        Assert.Equal(second, rand(5).data<float>().ToArray());
        manual_seed(11);
        Assert.Equal(first, randn(5).data<float>().ToArray());
        manual_seed(12);
        Assert.NotEqual(first, randn(5).data<float>().ToArray());
    }

    [Fact]
    public void Arrays_of_any_rank_keep_their_shape()
    {
        var x = from_array(new double[,,] { { { 1, 2, 3 }, { 4, 5, 6 } } }, float32);

        Assert.Equal([1, 2, 3], x.shape);
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.Equal(6f, x[0, 1, 2].item<float>());
        Assert.Equal("[1x2x3], type = Float32, device = cpu", x.ToString());
    }

    [Fact]
    public void Types_convert_and_finite_numbers_are_told_apart()
    {
        var x = tensor(new[] { 1.5f, float.NaN, float.PositiveInfinity });

        Assert.Equal([true, false, false], x.isfinite().data<bool>());
        Assert.Equal([false, true, false], isnan(x).data<bool>());
        Assert.Equal(1L, x[0].to(int64).item<long>());
        Assert.False(x.isfinite().all().item<bool>());
    }

    [Fact]
    public void Threads_are_set_and_read()
    {
        var before = get_num_threads();

        set_num_threads(1);
        Assert.Equal(1, get_num_threads());

        set_num_threads(before);
    }
}
