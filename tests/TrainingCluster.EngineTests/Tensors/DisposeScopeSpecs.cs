using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

[Collection(TensorCollection.Name)]
public sealed class DisposeScopeSpecs
{
    [Fact]
    public void A_scope_disposes_of_what_was_made_in_it()
    {
        Tensor first, second;
        using (NewDisposeScope())
        {
            first = ones(2);
            second = first + 1;
        }

        Assert.True(first.IsInvalid);
        Assert.True(second.IsInvalid);
    }

    [Fact]
    public void A_moved_tensor_lives_as_long_as_the_outer_scope()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            using (NewDisposeScope()) kept = ones(2).MoveToOuterDisposeScope();
            Assert.False(kept.IsInvalid);
        }

        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_detached_tensor_outlives_every_scope()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            using (NewDisposeScope()) kept = ones(2).DetachFromDisposeScope();
        }

        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void Moving_out_of_the_outermost_scope_detaches()
    {
        Tensor kept;
        using (var scope = NewDisposeScope()) kept = scope.MoveToOuter(ones(2));

        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void Everything_but_what_is_kept_goes()
    {
        using var scope = NewDisposeScope();
        var kept = ones(2);
        var gone = ones(2);

        scope.DisposeEverythingBut(kept);

        Assert.False(kept.IsInvalid);
        Assert.True(gone.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void A_disposed_tensor_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(2);

        tensor.Dispose();

        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(scope.Contains(tensor));
    }

    [Fact]
    public void Scopes_may_end_out_of_order()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var early = ones(2);

        outer.Dispose();
        var late = ones(2);
        Assert.False(early.IsInvalid);
        inner.Dispose();

        Assert.True(early.IsInvalid);
        Assert.True(late.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void A_scope_of_one_thread_does_not_hold_tensors_of_another()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;

        var thread = new Thread(() => other = ones(2));
        thread.Start();
        thread.Join();

        Assert.Equal(0, scope.DisposablesCount);
        other!.Dispose();
    }

    [Fact]
    public void Operations_in_place_give_the_tensor_itself_back()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(2);

        var same = tensor.add_(1).mul_(2).zero_();

        Assert.Same(tensor, same);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Parameters_of_a_module_outlive_the_scope_it_was_made_in()
    {
        nn.Module<Tensor, Tensor> module;
        using (NewDisposeScope()) module = nn.Sequential(("a", nn.Linear(2, 3)), ("b", nn.LayerNorm(3)));

        Assert.All(module.parameters(), parameter => Assert.False(parameter.IsInvalid));
        module.Dispose();
        Assert.All(module.parameters(), parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void A_parameter_takes_the_data_and_the_place_of_its_tensor()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);

        var parameter = new Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void A_disposed_tensor_says_so_when_it_is_used()
    {
        var tensor = ones(2);
        tensor.Dispose();
        tensor.Dispose();

        var error = Assert.Throws<ObjectDisposedException>(() => tensor + 1);

        Assert.Contains("disposed", error.Message);
        Assert.Equal("disposed tensor", tensor.ToString());
    }

    [Fact]
    public void Ten_thousand_updates_leave_as_many_tensors_as_ten()
    {
        using var outer = NewDisposeScope();
        manual_seed(1);
        using var network = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1));
        using var optimizer = optim.Adam(network.parameters(), 1e-3);
        var input = randn(7, 3);
        var target = randn(7, 1);
        void Update(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                nn.functional.mse_loss(network.call(input), target).backward();
                nn.utils.clip_grad_norm_(network.parameters(), 1);
                optimizer.step();
            }
        }

        Update(10);
        // What earlier tests left to the finalizer goes before counting, not in the middle of it.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var few = Tensor.TotalCount;
        Update(10_000);

        Assert.Equal(few, Tensor.TotalCount);
    }
}
