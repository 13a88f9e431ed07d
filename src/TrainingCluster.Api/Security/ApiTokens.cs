using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Security;

/// <summary>
/// Who may ask, from a file: a line each, <c>NAME:TOKEN</c> or a token alone; empty lines and those that begin with
/// <c>#</c> count for nothing. Only the sha-256 of each token is kept.
/// </summary>
public sealed class ApiTokens
{
    /// <summary>Shorter ones can be guessed.</summary>
    public const int LengthMin = 16;

    private readonly ImmutableArray<(string Name, byte[] Hash)> _tokens;

    private ApiTokens(ImmutableArray<(string Name, byte[] Hash)> tokens) => _tokens = tokens;

    /// <exception cref="ApiTokenException">The file has no token, or one that cannot be used.</exception>
    public static ApiTokens Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ApiTokenException($"the token file {path} cannot be read: {unreadable.Message}", unreadable);
        }

        var tokens = ImmutableArray.CreateBuilder<(string, byte[])>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, token) = colon < 0 ? ("token", line) : ("token:" + line[..colon], line[(colon + 1)..]);
            if (token.Length < LengthMin || !CommandOrigin.IsId(token)
                || name.Length > CommandOrigin.ByLengthMax || !CommandOrigin.IsId(name))
            {
                throw new ApiTokenException($"line {i + 1} of the token file {path} is no NAME:TOKEN; a token has "
                    + $"{LengthMin} to {CommandOrigin.IdLengthMax} printable ASCII characters");
            }

            tokens.Add((name, HashOf(token)));
        }

        return tokens.Count > 0
            ? new ApiTokens(tokens.ToImmutable())
            : throw new ApiTokenException($"the token file {path} holds no token");
    }

    /// <summary>
    /// The name of whoever the token was given to, or null. It takes the same time whatever the token is like.
    /// </summary>
    public string? NameOf(string token)
    {
        var hash = HashOf(token);
        string? found = null;
        foreach (var (name, known) in _tokens)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? name : found;
        }

        return found;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>A token file cannot be used.</summary>
public sealed class ApiTokenException(string message, Exception? inner = null) : Exception(message, inner);
