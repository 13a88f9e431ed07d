namespace Akka.Store.Sql;

/// <inheritdoc cref="IQueueStatements"/>
internal sealed class SqlQueueStatements(SqlSession session) : IQueueStatements
{
    private readonly string _lockEndpoints =
        "SELECT uid FROM endpoint WHERE uid = @sender OR uid = @receiver ORDER BY uid"
        + session.Dialect.ForShare;

    public ValueTask OpenEndpoint(int uid, string address) => Done(session.Execute(
        "INSERT INTO endpoint (uid, address) VALUES (@uid, @address) ON CONFLICT (uid) DO NOTHING",
        ("@uid", uid), ("@address", address)));

    public ValueTask CloseEndpoint(int uid) =>
        Done(session.Execute("DELETE FROM endpoint WHERE uid = @uid", ("@uid", uid)));

    public ValueTask<OpenEndpoints> LockEndpoints(int sender, int receiver)
    {
        var open = default(OpenEndpoints);
        session.Query(
            _lockEndpoints,
            row =>
            {
                var uid = row.GetInt32(0);
                open = new OpenEndpoints(open.Sender || uid == sender, open.Receiver || uid == receiver);
            },
            ("@sender", sender), ("@receiver", receiver));
        return new(open);
    }

    public ValueTask InsertFrame(FrameRow frame) => Done(session.Execute(
        """
        INSERT INTO frame (receiver, sender, number, bytes) VALUES (@receiver, @sender, @number, @bytes)
        ON CONFLICT (receiver, sender, number) DO NOTHING
        """,
        ("@receiver", frame.Receiver),
        ("@sender", frame.Sender),
        ("@number", frame.Number),
        ("@bytes", frame.Bytes)));

    public ValueTask<bool> HasFrames(int receiver) =>
        new(session.Scalar("SELECT 1 FROM frame WHERE receiver = @receiver LIMIT 1", ("@receiver", receiver))
            is not null);

    public ValueTask<IReadOnlyList<FrameRow>> Frames(int receiver, int limit)
    {
        var frames = new List<FrameRow>();
        session.Query(
            """
            SELECT receiver, sender, number, bytes FROM frame WHERE receiver = @receiver
            ORDER BY sender, number LIMIT @limit
            """,
            row => frames.Add(new FrameRow(
                row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3))),
            ("@receiver", receiver), ("@limit", limit));
        return new(frames);
    }

    public ValueTask DeleteFrames(int receiver, int sender, long toNumber) => Done(session.Execute(
        "DELETE FROM frame WHERE receiver = @receiver AND sender = @sender AND number <= @number",
        ("@receiver", receiver), ("@sender", sender), ("@number", toNumber)));

    public ValueTask DeleteFramesOf(int uid) =>
        Done(session.Execute("DELETE FROM frame WHERE receiver = @uid OR sender = @uid", ("@uid", uid)));

    private static ValueTask Done(int _) => ValueTask.CompletedTask;
}
