namespace TrainingCluster.UnitTests.Trading.Statistics;

/// <summary>
/// The normals that NumPy's legacy RandomState draws, so that a published vector made with it can be
/// re-created: MT19937 (Matsumoto and Nishimura 1998, initialisation of 2002), 53-bit doubles from two words,
/// polar method.
/// </summary>
internal sealed class MersenneGaussians
{
    private const int Words = 624;
    private readonly uint[] _words = new uint[Words];
    private int _next = Words;
    private double? _spare;

    public MersenneGaussians(uint seed)
    {
        _words[0] = seed;
        for (var i = 1; i < Words; i++)
        {
            var previous = _words[i - 1];
            _words[i] = 1812433253u * (previous ^ (previous >> 30)) + (uint)i;
        }
    }

    public double Next()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }

        double first, second, squared;
        do
        {
            first = 2 * Uniform() - 1;
            second = 2 * Uniform() - 1;
            squared = first * first + second * second;
        }
        while (squared >= 1 || squared == 0);

        var scale = Math.Sqrt(-2 * Math.Log(squared) / squared);
        _spare = scale * first;
        return scale * second;
    }

    private double Uniform()
    {
        var high = Word() >> 5;
        var low = Word() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private uint Word()
    {
        if (_next == Words)
        {
            Twist();
            _next = 0;
        }

        var word = _words[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680u;
        word ^= (word << 15) & 0xEFC60000u;
        return word ^ (word >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Words; i++)
        {
            var mixed = (_words[i] & 0x80000000u) | (_words[(i + 1) % Words] & 0x7FFFFFFFu);
            _words[i] = _words[(i + 397) % Words] ^ (mixed >> 1) ^ ((mixed & 1) == 0 ? 0 : 0x9908B0DFu);
        }
    }
}
