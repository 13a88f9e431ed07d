namespace TrainingCluster.Api.Http;

/// <summary>Ends a request with a problem document. Its words reach strangers: no path, no secret.</summary>
/// <param name="status">HTTP status, 400 to 599.</param>
/// <param name="code">A stable name for programs.</param>
/// <param name="detail">What is wrong, with value and rule.</param>
internal sealed class ApiException(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Every violation where there are several.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Asked again later it may be answered.</summary>
    public bool IsRetryable { get; init; }
}
