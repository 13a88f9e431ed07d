using System.Text.Json;

namespace TrainingCluster.MarketData.Sources.Http;

/// <summary>A whole answer in JSON.</summary>
/// <param name="Status">200, or a refusal that is explained in the body.</param>
/// <param name="Body">Detached: lives on its own.</param>
internal sealed record ProviderAnswer(int Status, JsonElement Body);
