namespace Akka.Store;

/// <summary>The statements about messages on their way. Each is one statement to the database.</summary>
internal interface IQueueStatements
{
    /// <summary>An endpoint is an incarnation that may send and be sent to.</summary>
    ValueTask OpenEndpoint(int uid, string address);

    ValueTask CloseEndpoint(int uid);

    /// <summary>Which of the two are open; they stay so until the transaction ends.</summary>
    ValueTask<OpenEndpoints> LockEndpoints(int sender, int receiver);

    /// <summary>Does nothing where the same number of the same sender is there already.</summary>
    ValueTask InsertFrame(FrameRow frame);

    /// <summary>True where frames wait for the receiver.</summary>
    ValueTask<bool> HasFrames(int receiver);

    /// <summary>What waits, by sender and number, at most <paramref name="limit"/> frames.</summary>
    ValueTask<IReadOnlyList<FrameRow>> Frames(int receiver, int limit);

    /// <summary>Deletes a sender's frames to and including the number.</summary>
    ValueTask DeleteFrames(int receiver, int sender, long toNumber);

    /// <summary>Deletes all frames from and to an incarnation.</summary>
    ValueTask DeleteFramesOf(int uid);
}

/// <summary>Which endpoints of a pair are open.</summary>
internal readonly record struct OpenEndpoints(bool Sender, bool Receiver);

/// <param name="Receiver">The incarnation that reads it.</param>
/// <param name="Sender">The incarnation that wrote it.</param>
/// <param name="Number">Counts from 1 for each pair; a repetition has the same number.</param>
/// <param name="Bytes">One or more messages.</param>
internal sealed record FrameRow(int Receiver, int Sender, long Number, byte[] Bytes);
