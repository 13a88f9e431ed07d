namespace TrainingCluster.EngineTests.Simulation.Checks;

/// <summary>
/// From one incarnation to another notes come in order, each once and none left out: what was committed while both
/// lived is not lost.
/// </summary>
internal sealed class NotesChecker : IChecker
{
    private readonly Dictionary<(int From, int To), long> _last = [];

    public long LastFrom(int from, int to) => _last.GetValueOrDefault((from, to));

    public void See(Observation observation)
    {
        if (observation is not NoteHeard heard)
        {
            return;
        }

        var last = LastFrom(heard.From, heard.To);
        if (heard.Number != last + 1)
        {
            throw new ViolationException(
                $"{heard.To} heard note {heard.Number} of {heard.From} after note {last}.");
        }

        _last[(heard.From, heard.To)] = heard.Number;
    }
}
