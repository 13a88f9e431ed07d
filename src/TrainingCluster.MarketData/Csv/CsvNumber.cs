using System.Globalization;
using System.Runtime.CompilerServices;

namespace TrainingCluster.MarketData.Csv;

/// <summary>
/// Reads decimal numbers, correctly rounded. Up to 15 digits and 22 places the digits and the power of ten
/// are both exact doubles, so that one multiplication or division rounds once (Clinger 1990, "How to Read
/// Floating Point Numbers Accurately", section 4); the rest goes to the platform's parser.
/// </summary>
internal static class CsvNumber
{
    private const int ExactDigits = 15;
    private const int ExactPlaces = 22;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// True for decimal numbers with a point, an exponent or a sign, and for NaN and infinities.
    /// </summary>
    // Compiled once at full strength: the first file of a process is often the only one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        var at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var digits = 0L;
        var count = 0;
        var places = 0;
        var point = false;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                digits = digits * 10 + digit;
                count++;
                places += point ? 1 : 0;
            }
            else if (text[at] == '.' && !point)
            {
                point = true;
            }
            else
            {
                break;
            }
        }

        if (at < text.Length || count is 0 or > ExactDigits || places > ExactPlaces)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        value = places == 0 ? digits : digits / PowersOfTen[places];
        value = text[0] == '-' ? -value : value;
        return true;
    }
}
