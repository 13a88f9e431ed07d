namespace Akka.Cluster.Membership;

/// <summary>The node's way to send and receive, as far as the membership is concerned.</summary>
internal interface INodeWire
{
    /// <summary>
    /// Opens the node's queue; called once, before the node can be seen as a member. Goes on trying while the
    /// store is away.
    /// </summary>
    Task OpenAsync();

    /// <summary>
    /// Ends, after the queue was open, once nothing can be sent or received any more though nobody closed it.
    /// </summary>
    Task Lost { get; }

    /// <summary>Who can be sent to from now on; called before anybody is told of the change.</summary>
    void Update(MembershipState state);

    /// <summary>Nothing is sent or received any more.</summary>
    void Close();
}
