using Akka.Configuration;

namespace Akka.TestKit.Configs;

public static class TestConfigs
{
    /// <summary>The test kit's defaults.</summary>
    public static Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>The defaults with a <see cref="TestScheduler"/>.</summary>
    public static Config TestSchedulerConfig => ConfigurationFactory
        .ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
        .WithFallback(DefaultConfig);
}
