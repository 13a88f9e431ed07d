using TrainingCluster.EngineNode.Log;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>Whether everything works on all nodes that should: said by their logs alone.</summary>
/// <param name="nodes">All that are to work.</param>
/// <param name="targets">Persistence ids of those who are to answer.</param>
/// <param name="since">
/// Only heartbeats heard from here on count, and answers to commands that were sent from here on, or of who
/// began to act from here on; in ticks.
/// </param>
internal sealed class Convergence(
    IReadOnlyList<Node> nodes, IReadOnlyCollection<string> targets, long since)
{
    /// <summary>What is missing yet; null where all is well.</summary>
    public string? Missing()
    {
        var identities = nodes.Select(node => node.View.Identity).ToHashSet();
        foreach (var node in nodes)
        {
            if (MissingAt(node, identities) is { } missing)
            {
                return $"{node.Name} {missing}";
            }
        }

        return null;
    }

    /// <summary>
    /// When the last target gave its first answer that counts, on the slowest node; in ticks.
    /// </summary>
    public long Answered() => nodes.Max(node => FirstAnswers(node.View).Values.Max());

    private string? MissingAt(Node node, HashSet<string?> identities)
    {
        var view = node.View;
        if (!view.IsUp)
        {
            return "is not up";
        }

        if (view.Members?.Members is not { } members
            || !members.Select(Identity).ToHashSet().SetEquals(identities!)
            || !members.All(member => member is { Status: "Up", IsReachable: true }))
        {
            return $"sees {Text(view.Members?.Members)}";
        }

        if (view.Watched.Except(view.Lost).FirstOrDefault(other => !identities.Contains(other)) is { } gone)
        {
            return $"was not told that {gone} is gone";
        }

        if (view.Lost.FirstOrDefault(identities.Contains) is { } alive)
        {
            return $"was told that {alive} is gone";
        }

        if (nodes.FirstOrDefault(other => view.LastHeard(other.Name) < since) is { } silent)
        {
            return $"does not hear {silent.Name}";
        }

        var answered = FirstAnswers(view);
        return targets.FirstOrDefault(target => !answered.ContainsKey(target)) is { } unanswered
            ? $"gets no answer from {unanswered} ({targets.Count - answered.Count} in all)"
            : null;
    }

    private Dictionary<string, long> FirstAnswers(NodeView view)
    {
        var first = new Dictionary<string, long>();
        for (var i = view.Answers.Count - 1; i >= 0 && view.Answers[i].At >= since; i--)
        {
            if (view.Answers[i] is var answer && (answer.SentAt >= since || BeganSince(answer)))
            {
                first[answer.Target] = answer.At;
            }
        }

        return first;
    }

    private bool BeganSince(Answer answer) => nodes.Any(node =>
        node.View.Activations.TryGetValue((answer.Target, answer.Epoch), out var began) && began >= since);

    private static string Identity(SeenMember member) => $"{member.Address}#{member.Uid}";

    private static string Text(IReadOnlyList<SeenMember>? members) => string.Join(
        ", ",
        (members ?? []).Select(member =>
            $"{Identity(member)} {member.Status}{(member.IsReachable ? "" : " unreachable")}"));
}
