namespace Akka.TestKit;

/// <summary>Runs an action and expects events meanwhile, or shortly after.</summary>
public interface IEventFilterApplier
{
    void ExpectOne(Action action);

    void ExpectOne(TimeSpan timeout, Action action);

    void Expect(int expectedCount, Action action);

    void Expect(int expectedCount, TimeSpan timeout, Action action);

    T ExpectOne<T>(Func<T> func);

    Task ExpectOneAsync(Func<Task> actionAsync);

    Task ExpectOneAsync(Action action);

    Task ExpectOneAsync(TimeSpan timeout, Func<Task> actionAsync);

    Task ExpectAsync(int expectedCount, Func<Task> actionAsync);

    Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> actionAsync);
}
