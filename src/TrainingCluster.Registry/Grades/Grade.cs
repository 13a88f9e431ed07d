using System.Text.Json.Serialization;

namespace TrainingCluster.Registry.Grades;

/// <summary>The ten grades, worst first, so that comparisons read as people mean them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Grade>))]
public enum Grade
{
    F,
    D,
    C,
    [JsonStringEnumMemberName("B-")] BMinus,
    B,
    [JsonStringEnumMemberName("B+")] BPlus,
    [JsonStringEnumMemberName("A-")] AMinus,
    A,
    [JsonStringEnumMemberName("A+")] APlus,
    S,
}

/// <summary>Grades as text and from scores.</summary>
public static class GradeScale
{
    /// <summary>
    /// Lower bounds are inclusive; only S needs more than its bound. Composite scores run from 0 to 100 and
    /// are compared unrounded.
    /// </summary>
    public static Grade Of(decimal composite) => composite switch
    {
        > 95 => Grade.S,
        >= 90 => Grade.APlus,
        >= 80 => Grade.A,
        >= 70 => Grade.AMinus,
        >= 60 => Grade.BPlus,
        >= 50 => Grade.B,
        >= 40 => Grade.BMinus,
        >= 30 => Grade.C,
        >= 20 => Grade.D,
        _ => Grade.F,
    };

    public static string Text(this Grade grade) => grade switch
    {
        Grade.BMinus => "B-",
        Grade.BPlus => "B+",
        Grade.AMinus => "A-",
        Grade.APlus => "A+",
        _ => grade.ToString(),
    };
}
