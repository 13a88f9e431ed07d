using System.Globalization;

namespace TorchSharp.Modules;

/// <summary>What settings of optimizers must satisfy.</summary>
internal static class Settings
{
    internal static void NotNegative(string name, double? value)
    {
        if (value is not (>= 0 and < double.PositiveInfinity)) throw Wrong(name, value,
            "it must be at least 0");
    }

    internal static void Fraction(string name, double? value)
    {
        if (value is not (>= 0 and < 1)) throw Wrong(name, value, "it must be at least 0 and below 1");
    }

    private static ArgumentOutOfRangeException Wrong(string name, double? value, string rule) => new(
        name, value, string.Create(CultureInfo.InvariantCulture,
            $"the optimizer's {name} is {value}; {rule}"));
}
