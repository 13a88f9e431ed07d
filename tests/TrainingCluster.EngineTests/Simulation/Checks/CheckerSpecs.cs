namespace TrainingCluster.EngineTests.Simulation.Checks;

/// <summary>Checkers fail on logs with planted violations, and only on those.</summary>
public sealed class CheckerSpecs
{
    private readonly JournalChecker _journal = new();
    private readonly AloneChecker _alone = new();

    [Fact]
    public void A_take_over_after_the_old_right_has_ended_passes()
    {
        Feed(_alone, Begins(1), Begins(1), Begins(2), Begins(2));

        Assert.Equal(1, _alone.TakeOvers);
    }

    [Fact]
    public void Two_that_may_act_at_once_fail() =>
        Fails(_alone, Begins(1), new ActorBegins("a", 2, [1]));

    [Fact]
    public void One_that_acts_again_after_its_successor_has_begun_fails() =>
        Fails(_alone, Begins(1), Begins(2), Begins(1));

    [Fact]
    public void A_journal_that_counts_on_passes_from_writer_to_writer()
    {
        Feed(_journal, Won("w1", 1), Stored("w1", 1), Stored("w1", 2), Won("w2", 2), Stored("w2", 3));

        Assert.Equal(3, _journal.CountOf("id"));
    }

    [Fact]
    public void A_gap_in_a_journal_fails() => Fails(_journal, Won("w1", 1), Stored("w1", 1), Stored("w1", 3));

    [Fact]
    public void A_fork_of_a_journal_fails() =>
        Fails(_journal, Won("w1", 1), Stored("w1", 1), Won("w2", 2), Stored("w2", 1));

    [Fact]
    public void An_older_epochs_event_after_the_newer_ones_first_fails() =>
        Fails(_journal, Won("w1", 1), Stored("w1", 1), Won("w2", 2), Stored("w2", 2), Stored("w1", 3));

    [Fact]
    public void An_older_epochs_event_after_the_newer_one_has_recovered_fails() =>
        Fails(_journal, Won("w1", 1), Won("w2", 2), new Recovered("id", "w2"), Stored("w1", 1));

    [Fact]
    public void An_older_epochs_event_before_the_newer_one_has_recovered_passes() =>
        Feed(_journal, Won("w1", 1), Won("w2", 2), Stored("w1", 1), new Recovered("id", "w2"));

    [Fact]
    public void Something_that_happens_twice_fails() =>
        Fails(_journal, Won("w1", 1), new EventStored("id", "w1", 1, "x"), new EventStored("id", "w1", 2, "x"));

    [Fact]
    public void An_acknowledged_event_that_is_not_in_the_journal_fails() =>
        Fails(_journal, Won("w1", 1), Stored("w1", 1), new EventAcknowledged("id", "event 2"));

    [Fact]
    public void A_lost_note_fails() =>
        Fails(new NotesChecker(), new NoteHeard(1, 2, 1), new NoteHeard(1, 2, 3));

    [Fact]
    public void A_note_that_comes_twice_fails() =>
        Fails(new NotesChecker(), new NoteHeard(1, 2, 1), new NoteHeard(1, 2, 1));

    [Fact]
    public void Notes_of_other_pairs_have_numbers_of_their_own() => Feed(
        new NotesChecker(),
        new NoteHeard(1, 2, 1),
        new NoteHeard(2, 1, 1),
        new NoteHeard(1, 3, 1),
        new NoteHeard(1, 2, 2));

    [Fact]
    public void An_older_instances_answer_after_a_newer_ones_fails() => Fails(
        new AnswersChecker(), new AnswerTaken("c", "a", 1), new AnswerTaken("c", "a", 2), new AnswerTaken("c", "a", 1));

    private static ActorBegins Begins(long instance) => new("a", instance, []);

    private static FenceWon Won(string writer, long epoch) => new("id", writer, epoch);

    private static EventStored Stored(string writer, long number) => new("id", writer, number, $"event {number}");

    private static void Feed(IChecker checker, params IReadOnlyList<Observation> log)
    {
        foreach (var observation in log)
        {
            checker.See(observation);
        }
    }

    private static void Fails(IChecker checker, params IReadOnlyList<Observation> log)
    {
        Feed(checker, [.. log.Take(log.Count - 1)]);
        Assert.Throws<ViolationException>(() => checker.See(log[^1]));
    }
}
