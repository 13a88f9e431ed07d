using Akka.Pattern;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class CircuitBreakerSpecs : TestKit
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ResetTimeout = TimeSpan.FromSeconds(10);

    public CircuitBreakerSpecs()
        : base(TestConfigs.TestSchedulerConfig)
    {
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task A_closed_breaker_lets_calls_through_and_a_success_forgets_the_failures()
    {
        var breaker = Breaker(maxFailures: 2);

        await Fail(breaker);
        Assert.Equal(1, breaker.CurrentFailureCount);
        Assert.IsType<BoomException>(breaker.LastCaughtException);
        Assert.Equal("fine", await breaker.WithCircuitBreaker(() => Task.FromResult("fine")));

        Assert.Equal(0, breaker.CurrentFailureCount);
        Assert.Null(breaker.LastCaughtException);
    }

    [Fact]
    public async Task Too_many_failures_in_a_row_open_it_and_calls_fail_without_being_made()
    {
        var opened = new TaskCompletionSource();
        var breaker = Breaker(maxFailures: 2).OnOpen(opened.SetResult);
        await Fail(breaker);
        await Fail(breaker);
        Time.Advance(TimeSpan.FromSeconds(4));
        var called = false;

        var refused = await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() =>
        {
            called = true;
            return Task.CompletedTask;
        }));

        Assert.True(breaker.IsOpen);
        Assert.False(called);
        Assert.Equal(TimeSpan.FromSeconds(6), refused.RemainingDuration);
        Assert.IsType<BoomException>(refused.InnerException);
        await opened.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task After_the_reset_timeout_one_call_decides()
    {
        var breaker = Breaker(maxFailures: 1);
        await Fail(breaker);

        Time.Advance(ResetTimeout);
        Assert.True(breaker.IsHalfOpen);
        var answer = new TaskCompletionSource<string>();
        var probe = breaker.WithCircuitBreaker(() => answer.Task);
        await Assert.ThrowsAsync<OpenCircuitException>(
            () => breaker.WithCircuitBreaker(() => Task.FromResult("second")));
        answer.SetResult("fine");

        Assert.Equal("fine", await probe);
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task A_failing_probe_opens_it_again_for_longer()
    {
        var breaker = new CircuitBreaker(
            Sys.Scheduler, 1, CallTimeout, ResetTimeout, TimeSpan.FromSeconds(15), 2.0);
        await Fail(breaker);
        Time.Advance(ResetTimeout);
        await Fail(breaker);

        Time.Advance(TimeSpan.FromSeconds(14));
        Assert.True(breaker.IsOpen);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(breaker.IsHalfOpen);
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_breaker_has_opened_changes_nothing()
    {
        var breaker = Breaker(maxFailures: 1);
        var slow = new TaskCompletionSource<string>();
        var early = breaker.WithCircuitBreaker(() => slow.Task);
        await Fail(breaker);
        Time.Advance(ResetTimeout);

        slow.SetResult("late");
        await early;

        Assert.True(breaker.IsHalfOpen);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_has_failed()
    {
        var breaker = CircuitBreaker.Create(
            Sys.Scheduler, 1, TimeSpan.FromMilliseconds(20), ResetTimeout);

        await Assert.ThrowsAsync<TimeoutException>(
            () => breaker.WithCircuitBreaker(() => new TaskCompletionSource().Task));

        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void Successes_and_failures_elsewhere_can_be_reported()
    {
        var breaker = Breaker(maxFailures: 1);

        breaker.Fail();
        Assert.True(breaker.IsOpen);
        breaker.Succeed();
        Assert.True(breaker.IsOpen);
        Time.Advance(ResetTimeout);
        breaker.Succeed();

        Assert.True(breaker.IsClosed);
    }

    private static async Task Fail(CircuitBreaker breaker) => await Assert.ThrowsAsync<BoomException>(
        () => breaker.WithCircuitBreaker(() => Task.FromException(new BoomException())));

    private CircuitBreaker Breaker(int maxFailures) =>
        CircuitBreaker.Create(Sys.Scheduler, maxFailures, CallTimeout, ResetTimeout);
}
