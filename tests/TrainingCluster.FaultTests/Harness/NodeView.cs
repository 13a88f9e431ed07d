using TrainingCluster.EngineNode.Log;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>What a node's log says up to now.</summary>
internal sealed class NodeView
{
    private readonly Dictionary<string, long> _sent = [];
    private readonly Dictionary<string, long> _heard = [];

    /// <summary>When epochs of persistent actors began on this node, by persistence id and epoch.</summary>
    public Dictionary<(string Id, long Epoch), long> Activations { get; } = [];

    public List<LogEntry> Entries { get; } = [];

    /// <summary>Address and uid of the present incarnation; null before it has begun.</summary>
    public string? Identity { get; private set; }

    public bool IsUp { get; private set; }

    /// <summary>The membership as the present incarnation saw it last.</summary>
    public LogEntry? Members { get; private set; }

    /// <summary>Other incarnations that the present one watched, or watches.</summary>
    public HashSet<string> Watched { get; } = [];

    /// <summary>Those of them that are gone.</summary>
    public HashSet<string> Lost { get; } = [];

    /// <summary>Answers to commands, in order, with the time each command was sent first.</summary>
    public List<Answer> Answers { get; } = [];

    /// <summary>When a heartbeat of a node came last; 0 = never.</summary>
    public long LastHeard(string node) => _heard.GetValueOrDefault(node);

    public void Add(LogEntry entry)
    {
        Entries.Add(entry);
        switch (entry.Kind)
        {
            case LogKind.Started:
                Begin(entry.Text);
                break;
            case LogKind.Up:
                IsUp = true;
                break;
            case LogKind.Ended:
                Begin(null);
                break;
            case LogKind.Members:
                Members = entry;
                break;
            case LogKind.Activated:
                Activations[(entry.Id!, entry.Epoch!.Value)] = entry.Ticks;
                break;
            case LogKind.Watched:
                Watched.Add(entry.Text!);
                break;
            case LogKind.Lost:
                Lost.Add(entry.Text!);
                break;
            case LogKind.Sent:
                _sent[entry.Command!] = entry.Ticks;
                break;
            case LogKind.Acknowledged:
                Answers.Add(new Answer(entry.Id!, entry.Epoch!.Value, _sent[entry.Command!], entry.Ticks));
                break;
            case LogKind.Heard:
                _heard[entry.Text!] = entry.Ticks;
                break;
        }
    }

    private void Begin(string? identity)
    {
        Identity = identity;
        IsUp = false;
        Members = null;
        Watched.Clear();
        Lost.Clear();
    }
}

/// <param name="Target">Who answered.</param>
/// <param name="Epoch">In which.</param>
/// <param name="SentAt">When the command was sent for the first time.</param>
/// <param name="At">When the answer came.</param>
internal sealed record Answer(string Target, long Epoch, long SentAt, long At);
