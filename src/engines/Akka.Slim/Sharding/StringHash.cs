using System.Numerics;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The 32-bit hash by which the genuine library puts entities into shards (A. Appleby's MurmurHash 3 in the
/// variant of Scala's standard library); equal results keep entities in their shards when the engines are
/// exchanged.
/// </summary>
internal static class StringHash
{
    private const uint Seed = 0x331df49;
    private const uint Start = 0x971e137b;
    private const uint FirstMagicA = 0x95543787;
    private const uint FirstMagicB = 0x2ad7eb25;
    private const uint MixerA = 0x7b7d159c;
    private const uint MixerB = 0x6bce6396;
    private const uint Mixer = 0x52dce729;

    public static int Of(string text)
    {
        unchecked
        {
            var hash = ((uint)text.Length * Seed) ^ Start;
            var (magicA, magicB) = (FirstMagicA, FirstMagicB);
            for (var i = 0; i + 1 < text.Length; i += 2)
            {
                hash = Extend(hash, ((uint)text[i] << 16) + text[i + 1], magicA, magicB);
                magicA = (magicA * 5) + MixerA;
                magicB = (magicB * 5) + MixerB;
            }

            if (text.Length % 2 == 1)
            {
                hash = Extend(hash, text[^1], magicA, magicB);
            }

            return (int)Finish(hash);
        }
    }

    private static uint Extend(uint hash, uint value, uint magicA, uint magicB) =>
        unchecked(((hash ^ (BitOperations.RotateLeft(value * magicA, 11) * magicB)) * 3) + Mixer);

    private static uint Finish(uint hash)
    {
        unchecked
        {
            hash ^= hash >> 16;
            hash *= 0x85ebca6b;
            hash ^= hash >> 13;
            hash *= 0xc2b2ae35;
            return hash ^ (hash >> 16);
        }
    }
}
