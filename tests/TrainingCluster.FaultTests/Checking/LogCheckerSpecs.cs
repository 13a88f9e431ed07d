using TrainingCluster.EngineNode.Log;

namespace TrainingCluster.FaultTests.Checking;

public sealed class LogCheckerSpecs
{
    private const string Ledger = "ledger";
    private readonly List<LogEntry> _log = [];
    private readonly List<LogEntry> _journal = [];

    public LogCheckerSpecs()
    {
        // n1 begins epoch 1, writes two commands and is taken over by n2 with epoch 4.
        Begin("n1", epoch: 1, ticks: 10);
        Do("n1", epoch: 1, "a", sequence: 2, ticks: 20);
        Do("n1", epoch: 1, "b", sequence: 3, ticks: 30);
        Begin("n2", epoch: 4, ticks: 100);
        Do("n2", epoch: 4, "c", sequence: 5, ticks: 110);
    }

    [Fact]
    public void A_take_over_in_order_is_no_violation() => Assert.Empty(Check());

    [Fact]
    public void An_acknowledged_command_that_is_not_in_the_journal_is_found()
    {
        Acknowledge("n3", epoch: 4, "lost", sequence: 9, ticks: 130);

        Assert.Contains("command lost was acknowledged", Assert.Single(Check()));
    }

    [Fact]
    public void A_command_acknowledged_under_another_number_than_the_journals_is_found()
    {
        Acknowledge("n3", epoch: 4, "c", sequence: 3, ticks: 130);

        Assert.Contains("acknowledged as event 3 and is event 5", Assert.Single(Check()));
    }

    [Fact]
    public void A_command_written_twice_is_found()
    {
        Do("n2", epoch: 4, "a", sequence: 6, ticks: 120);

        Assert.Contains("command a was written 2 times, as 2, 6", Assert.Single(Check()));
    }

    [Fact]
    public void A_write_of_an_older_epoch_after_the_newer_ones_first_is_found()
    {
        // n1's own log is silent: the process woke inside the handler.
        Write(epoch: 1, "d", sequence: 6);

        Assert.Contains(
            "event 6 is of epoch 1, written while 4 was the present one", Assert.Single(Check()));
    }

    [Fact]
    public void Acting_after_somebody_else_has_begun_to_is_found()
    {
        Act("n1", epoch: 1, "d", ticks: 105);

        Assert.Contains("epoch 1 on n1.1.1 acted", Assert.Single(Check()));
    }

    [Fact]
    public void Two_that_act_in_one_epoch_are_found()
    {
        Act("n3", epoch: 4, "d", ticks: 200);

        Assert.Contains("n2.1.1 and n3.1.1 acted both in epoch 4", Assert.Single(Check()));
    }

    [Fact]
    public void A_gap_in_the_journal_is_found()
    {
        Write(epoch: 4, "d", sequence: 7);

        Assert.Contains("has event 7 where 6 must be", Assert.Single(Check()));
    }

    [Fact]
    public void A_fork_of_the_journal_is_found()
    {
        Write(epoch: 4, "d", sequence: 5);

        Assert.Contains("has event 5 where 6 must be", Assert.Single(Check()));
    }

    [Fact]
    public void Actors_are_told_apart()
    {
        _log.Add(new LogEntry
        {
            Kind = LogKind.Acting,
            Node = "n1",
            ProcessId = 1,
            Incarnation = 1,
            Ticks = 300,
            Id = "entity-1",
            Epoch = 1,
        });

        Assert.Empty(Check());
    }

    private IReadOnlyList<string> Check() => LogChecker.Violations(_log, _journal);

    private void Begin(string node, long epoch, long ticks)
    {
        _log.Add(Entry(LogKind.Activated, node, epoch, null, null, ticks));
        _journal.Add(Entry(LogKind.Event, "reader", epoch, null, epoch, 0));
    }

    private void Do(string node, long epoch, string command, long sequence, long ticks)
    {
        Act(node, epoch, command, ticks);
        Write(epoch, command, sequence);
        _log.Add(Entry(LogKind.Recorded, node, epoch, command, sequence, ticks + 1));
        Acknowledge("n3", epoch, command, sequence, ticks + 2);
    }

    private void Act(string node, long epoch, string command, long ticks) =>
        _log.Add(Entry(LogKind.Acting, node, epoch, command, null, ticks));

    private void Write(long epoch, string command, long sequence) =>
        _journal.Add(Entry(LogKind.Event, "reader", epoch, command, sequence, 0));

    private void Acknowledge(string node, long epoch, string command, long sequence, long ticks) =>
        _log.Add(Entry(LogKind.Acknowledged, node, epoch, command, sequence, ticks));

    private static LogEntry Entry(
        string kind, string node, long epoch, string? command, long? sequence, long ticks) => new()
        {
            Kind = kind,
            Node = node,
            ProcessId = 1,
            Incarnation = 1,
            Ticks = ticks,
            Id = Ledger,
            Epoch = epoch,
            Command = command,
            Sequence = sequence,
        };
}
