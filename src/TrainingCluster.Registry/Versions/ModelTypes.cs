using System.Collections.Immutable;

namespace TrainingCluster.Registry.Versions;

/// <summary>
/// The model types and the order of their stages: a version may only be built from versions of earlier
/// stages.
/// </summary>
public static class ModelTypes
{
    public const string CnnLstm = "cnn_lstm";

    public const string Ppo = "ppo";

    public const string Sac = "sac";

    public const string Td3 = "td3";

    public const string Dqn = "dqn";

    public const string DeepScalper = "deepscalper";

    public const string Hybrid = "hybrid";

    public const string Ensemble = "ensemble";

    /// <summary>Every type, by stage and then by name.</summary>
    public static ImmutableArray<string> All { get; } =
        [CnnLstm, DeepScalper, Dqn, Ppo, Sac, Td3, Hybrid, Ensemble];

    /// <summary>
    /// 0 for encoders, 1 for agents, 2 for hybrids, 3 for ensembles; null for an unknown type.
    /// </summary>
    public static int? StageOf(string type) => type switch
    {
        CnnLstm => 0,
        Ppo or Sac or Td3 or Dqn or DeepScalper => 1,
        Hybrid => 2,
        Ensemble => 3,
        _ => null,
    };
}
