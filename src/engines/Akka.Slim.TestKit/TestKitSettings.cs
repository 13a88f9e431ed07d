using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>Waiting times, from akka.test.</summary>
public class TestKitSettings
{
    public TestKitSettings(Config config)
    {
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout");
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default");
        ExpectNoMessageDefault = config.GetTimeSpan("akka.test.expect-no-message-default");
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway");
        TestTimeFactor = config.GetDouble("akka.test.timefactor");
        if (TestTimeFactor <= 0)
            throw new ConfigurationException(
                $"akka.test.timefactor is {TestTimeFactor}; it must be positive.");
    }

    public TimeSpan DefaultTimeout { get; }

    public TimeSpan SingleExpectDefault { get; }

    public TimeSpan ExpectNoMessageDefault { get; }

    public TimeSpan TestEventFilterLeeway { get; }

    public double TestTimeFactor { get; }
}
