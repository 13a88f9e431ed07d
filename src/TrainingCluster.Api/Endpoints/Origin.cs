using Microsoft.AspNetCore.Http;
using TrainingCluster.Api.Http;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Endpoints;

/// <summary>Who asks for a change, and under which id.</summary>
internal static class Origin
{
    private static readonly object Key = new();

    public static void Remember(HttpContext context, string by) => context.Items[Key] = by;

    public static CommandOrigin Of(HttpContext context) =>
        new(Inputs.CommandId(context), (string)context.Items[Key]!);
}
