using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Listens on the event stream, on the publishers' threads.</summary>
internal sealed class EventFilterApplier(
    TestKitBase testkit, ActorSystem system, string what, Predicate<object> fits) : IEventFilterApplier
{
    public void ExpectOne(Action action) => Expect(1, action);

    public void ExpectOne(TimeSpan timeout, Action action) => Expect(1, timeout, action);

    public void Expect(int expectedCount, Action action) =>
        Expect(expectedCount, testkit.TestKitSettings.TestEventFilterLeeway, action);

    public void Expect(int expectedCount, TimeSpan timeout, Action action)
    {
        using var listener = new Listener(system, fits);
        action();
        listener.WaitFor(expectedCount, testkit.Dilated(timeout)).GetAwaiter().GetResult();
        Check(listener, expectedCount);
    }

    public T ExpectOne<T>(Func<T> func)
    {
        T result = default!;
        ExpectOne(() => { result = func(); });
        return result;
    }

    public Task ExpectOneAsync(Func<Task> actionAsync) => ExpectAsync(1, actionAsync);

    public Task ExpectOneAsync(Action action) => ExpectAsync(1, () =>
    {
        action();
        return Task.CompletedTask;
    });

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> actionAsync) => ExpectAsync(1, timeout, actionAsync);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync) =>
        ExpectAsync(expectedCount, testkit.TestKitSettings.TestEventFilterLeeway, actionAsync);

    public async Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> actionAsync)
    {
        using var listener = new Listener(system, fits);
        await actionAsync().ConfigureAwait(false);
        await listener.WaitFor(expectedCount, testkit.Dilated(timeout)).ConfigureAwait(false);
        Check(listener, expectedCount);
    }

    private void Check(Listener listener, int expected)
    {
        if (listener.Count == expected)
            return;
        testkit.TestAssertions.Fail(
            $"{expected} events ({what}) were expected, {listener.Count} came. All events: "
            + string.Join("; ", listener.Seen));
    }

    private sealed class Listener : MinimalActorRef, IDisposable
    {
        private readonly ConcurrentQueue<object> _seen = new();
        private readonly SemaphoreSlim _matched = new(0);
        private readonly ActorSystem _system;
        private readonly Predicate<object> _fits;
        private int _count;

        public Listener(ActorSystem system, Predicate<object> fits)
        {
            _system = system;
            _fits = fits;
            Provider = ((ExtendedActorSystem)system).Provider;
            Path = Provider.TempPath();
            system.EventStream.Subscribe(this, typeof(LogEvent));
            system.EventStream.Subscribe(this, typeof(AllDeadLetters));
        }

        public int Count => Volatile.Read(ref _count);

        public IEnumerable<object> Seen => _seen;

        public override ActorPath Path { get; }

        public override IActorRefProvider Provider { get; }

        public async Task WaitFor(int count, TimeSpan limit)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var left = limit - System.Diagnostics.Stopwatch.GetElapsedTime(start);
                if (!await _matched.WaitAsync(left < TimeSpan.Zero ? TimeSpan.Zero : left).ConfigureAwait(
                    false))
                    return;
            }
        }

        public void Dispose() => _system.EventStream.Unsubscribe(this);

        protected override void TellInternal(object message, IActorRef? sender)
        {
            _seen.Enqueue(message);
            if (!_fits(message))
                return;
            Interlocked.Increment(ref _count);
            _matched.Release();
        }
    }
}
