using Akka.Actor;

namespace Akka.Configuration;

/// <summary>
/// A configuration text that cannot be read (the message gives line and column) or a setting whose value
/// breaks its rule (the message gives path, value and rule).
/// </summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception? exception)
        : base(message, exception)
    {
    }
}
