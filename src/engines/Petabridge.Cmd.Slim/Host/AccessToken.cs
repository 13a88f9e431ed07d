using System.Security.Cryptography;
using System.Text;

namespace Petabridge.Cmd.Host;

/// <summary>The token that clients have to show, in a file so that it can be changed while the host runs.</summary>
internal sealed class AccessToken(string file)
{
    private const int ShortestToken = 16;

    /// <summary>Whether what the client shows is right; right is anything where no token is asked for.</summary>
    /// <exception cref="IOException">The file cannot be read, or holds no token.</exception>
    public bool Admits(string? shown)
    {
        if (file.Length == 0)
        {
            return true;
        }

        var token = Read(file);
        return shown is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }

    /// <exception cref="IOException">The file cannot be read, or holds no token.</exception>
    public static string Read(string file)
    {
        string token;
        try
        {
            token = File.ReadAllText(file).Trim();
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or NotSupportedException)
        {
            throw new IOException($"the token's file {file} cannot be read: {refused.Message}", refused);
        }

        return token.Length >= ShortestToken
            ? token
            : throw new IOException($"the token in {file} must have at least {ShortestToken} characters");
    }
}
