using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Agents;

/// <summary>The agents that can be trained; a new agent is a new line.</summary>
internal static class AgentCatalog
{
    /// <summary>Of runs that name none, and of artifacts that say none.</summary>
    public const string Default = PpoAgent.AgentName;

    private static readonly ImmutableArray<IAgent> Agents =
        [new PpoAgent(), new SacAgent(), new Td3Agent(), new DqnAgent(), new DeepScalperAgent()];

    /// <summary>In the order of texts.</summary>
    public static ImmutableArray<string> Names => [.. Agents.Select(agent => agent.Name)];

    public static ImmutableArray<IAgent> All => Agents;

    /// <param name="name">Null stands for <see cref="Default"/>.</param>
    /// <returns>Null where there is none of the name.</returns>
    public static IAgent? Find(string? name) => Agents.FirstOrDefault(agent => agent.Name == (name ?? Default));

    /// <exception cref="NotSupportedException">There is none of the name.</exception>
    public static IAgent Get(string? name) => Find(name) ?? throw new NotSupportedException(
        $"agent '{name}' cannot be trained; there are: {string.Join(", ", Names)}");
}
