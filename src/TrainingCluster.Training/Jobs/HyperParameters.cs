using System.Globalization;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// The numbers that shape one job's learner, by name ("epochs", "learning_rate"). They are resolved from the
/// budget when the plan is made, so that a job means the same on every node whatever that node's defaults
/// are.
/// </summary>
/// <param name="Values">By name; names are lower case with underscores.</param>
public sealed record HyperParameters(ImmutableSortedDictionary<string, double> Values)
{
    /// <summary>No numbers at all.</summary>
    public static HyperParameters Empty { get; } = new(ImmutableSortedDictionary<string, double>.Empty
        .WithComparers(StringComparer.Ordinal));

    /// <exception cref="KeyNotFoundException">The job's budget does not have the name.</exception>
    public double this[string name] => Values.TryGetValue(name, out var value)
        ? value
        : throw new KeyNotFoundException(
            $"hyper-parameter '{name}' is not set; this stage has: {string.Join(", ", Values.Keys)}");

    public static HyperParameters Of(params ReadOnlySpan<(string Name, double Value)> values)
    {
        var builder = Empty.Values.ToBuilder();
        foreach (var (name, value) in values)
        {
            builder.Add(name, value);
        }

        return new HyperParameters(builder.ToImmutable());
    }

    /// <exception cref="ArgumentException">The value is no whole number of 32 bits.</exception>
    public int Whole(string name)
    {
        var value = this[name];
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new ArgumentException(
                $"hyper-parameter '{name}' is {value.ToString(CultureInfo.InvariantCulture)}; "
                + "it must be a whole number");
    }

    public HyperParameters With(string name, double value) => new(Values.SetItem(name, value));
}

/// <summary>Numbers that replace those of the budget.</summary>
/// <param name="Values">By stage and name: "cnn_lstm.epochs", "ppo.total_steps".</param>
public sealed record BudgetOverrides(ImmutableSortedDictionary<string, double> Values)
{
    public static BudgetOverrides Of(params ReadOnlySpan<(string Name, double Value)> values) =>
        new(HyperParameters.Of(values).Values);
}

/// <summary>How much work a run may do.</summary>
public enum BudgetName
{
    /// <summary>Minutes on two cores: the demonstration and the tests.</summary>
    Quick,

    /// <summary>About an hour.</summary>
    Standard,

    /// <summary>The published sizes.</summary>
    Full,
}
