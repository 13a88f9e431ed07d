using System.Security.Cryptography;
using System.Text;

namespace TrainingCluster.MarketData.Randomness;

/// <summary>
/// The origin of every random draw of a run. A seed is split by name and never shared: two parts of a job that
/// draw from <c>seed.For("weights")</c> and <c>seed.For("batches")</c> cannot disturb each other.
/// </summary>
/// <param name="Value">Any 64-bit number; all values are valid.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The seed of a named part: the first eight bytes of sha-256 over this value and the name.</summary>
    public Seed For(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Value:x16}/{name}"), hash);
        return new Seed(BitConverter.ToUInt64(hash));
    }

    /// <summary>A fresh stream that starts at this seed.</summary>
    public RandomStream Stream() => new(Value);

    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
