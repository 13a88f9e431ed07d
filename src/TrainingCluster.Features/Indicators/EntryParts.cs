using System.Collections.Immutable;
using System.Globalization;

namespace TrainingCluster.Features.Indicators;

/// <summary>What the entries of the catalogue are written with.</summary>
internal static class EntryParts
{
    private static readonly ImmutableArray<string> Inputs =
        [.. Enum.GetNames<PriceInput>().Select(name => name.ToLowerInvariant())];

    public static IndicatorParameter Whole(string name, int standard) =>
        new(name, standard.ToString(CultureInfo.InvariantCulture), [], IsWhole: true);

    public static IndicatorParameter Number(string name, double standard) =>
        new(name, standard.ToString("R", CultureInfo.InvariantCulture), [], IsWhole: false);

    /// <summary>The first choice is the default.</summary>
    public static IndicatorParameter Choice(string name, params string[] choices) =>
        new(name, choices[0], choices, IsWhole: false);

    public static IndicatorEntry Bars(
        string name, string meaning,
        Func<IndicatorArguments, IBarIndicator> make,
        params IndicatorParameter[] parameters) =>
        new(name, meaning, [.. parameters], make);

    /// <summary>An indicator over one value a bar; it gets the parameter <c>input</c>.</summary>
    public static IndicatorEntry Values(
        string name, string meaning,
        Func<IndicatorArguments, IValueIndicator> make,
        params IndicatorParameter[] parameters) =>
        new(
            name,
            meaning,
            [.. parameters, new IndicatorParameter("input", "close", Inputs, IsWhole: false)],
            arguments => new OnePrice(make(arguments), arguments.Choice<PriceInput>("input")));

    public static IndicatorParameter Input { get; } = new("input", "close", Inputs, IsWhole: false);
}
