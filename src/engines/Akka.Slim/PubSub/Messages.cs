using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Sent to the mediator: every message published to the topic goes to the reference.</summary>
public sealed record Subscribe
{
    public Subscribe(string topic, IActorRef @ref, string? group = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        Topic = topic;
        Ref = @ref;
        Group = group;
    }

    public string Topic { get; }

    /// <summary>With groups, one subscriber of each gets messages published to each group.</summary>
    public string? Group { get; }

    public IActorRef Ref { get; }
}

/// <summary>The subscription stands.</summary>
public sealed record SubscribeAck : IDeadLetterSuppression
{
    public SubscribeAck(Subscribe subscribe) => Subscribe = subscribe;

    public Subscribe Subscribe { get; }
}

/// <summary>Sent to the mediator: ends the subscription of the same topic, group and reference.</summary>
public sealed record Unsubscribe
{
    public Unsubscribe(string topic, IActorRef @ref, string? group = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        Topic = topic;
        Ref = @ref;
        Group = group;
    }

    public string Topic { get; }

    public string? Group { get; }

    public IActorRef Ref { get; }
}

public sealed record UnsubscribeAck
{
    public UnsubscribeAck(Unsubscribe unsubscribe) => Unsubscribe = unsubscribe;

    public Unsubscribe Unsubscribe { get; }
}

/// <summary>Sent to the mediator: goes to all subscribers of the topic, or to one of each group.</summary>
public sealed record Publish
{
    public Publish(string topic, object message, bool sendOneMessageToEachGroup = false)
    {
        Topic = topic;
        Message = message;
        SendOneMessageToEachGroup = sendOneMessageToEachGroup;
    }

    public string Topic { get; }

    public object Message { get; }

    public bool SendOneMessageToEachGroup { get; }
}

/// <summary>Asks the mediator for the topics that have subscribers.</summary>
public sealed record GetTopics
{
    private GetTopics()
    {
    }

    public static GetTopics Instance { get; } = new();
}

public sealed record CurrentTopics
{
    public CurrentTopics(IImmutableSet<string> topics) => Topics = topics;

    public IImmutableSet<string> Topics { get; }
}
