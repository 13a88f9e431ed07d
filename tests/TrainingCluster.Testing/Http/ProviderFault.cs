namespace TrainingCluster.Testing.Http;

/// <summary>Ways in which providers fail.</summary>
public enum ProviderFault
{
    TooManyRequests,
    ServerError,
    Slow,
    TruncatedWithLength,
    TruncatedWithoutLength,
    WrongContentType,
    RenamedField,
    MissingField,
    WrongSymbol,
    Empty,
    NoJson,
    Forbidden,
}
