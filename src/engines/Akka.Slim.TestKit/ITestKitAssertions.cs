namespace Akka.TestKit;

/// <summary>Fails tests in the way of the test framework in use.</summary>
public interface ITestKitAssertions
{
    void Fail(string format = "", params object?[] args);

    void AssertTrue(bool condition, string format = "", params object?[] args);

    void AssertFalse(bool condition, string format = "", params object?[] args);

    void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args);
}
