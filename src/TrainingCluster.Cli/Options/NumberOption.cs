using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace TrainingCluster.Cli.Options;

/// <summary>Numbers on the command line: with a point whatever the language of the machine, and finite.</summary>
internal static class NumberOption
{
    /// <summary>Null, with an error that names option, text and rule, where the text is none that the rule
    /// allows.</summary>
    /// <param name="rule">What it must be, in words.</param>
    /// <param name="holds">Null: any finite number.</param>
    public static T? Read<T>(ArgumentResult result, string rule, Func<T, bool>? holds = null)
        where T : struct, INumber<T>
    {
        var text = result.Tokens.Single().Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value)
            && holds?.Invoke(value) is not false)
        {
            return value;
        }

        result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value} is '{text}'; it must be {rule}");
        return null;
    }
}
