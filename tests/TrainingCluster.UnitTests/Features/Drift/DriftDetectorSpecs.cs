using TrainingCluster.Features.Drift;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.UnitTests.Features.Drift;

public sealed class DriftDetectorSpecs
{
    [Theory]
    [InlineData(0.0, 0.08)]
    [InlineData(0.5, 0.08)]
    [InlineData(0.9, 0.08)]
    public void Correlated_series_without_drift_seldom_raise_an_alarm(double persistence, double most)
    {
        const int rounds = 250;
        var alarms = 0;
        for (var round = 0; round < rounds; round++)
        {
            var series = Autoregression(400, persistence, (ulong)round + 1);
            alarms += One(series[..200], series[200..]).Verdict == DriftVerdict.Drift ? 1 : 0;
        }

        Assert.True((double)alarms / rounds <= most, $"{alarms} false alarms in {rounds} at {persistence}");
    }

    [Fact]
    public void A_shift_by_half_a_deviation_is_found()
    {
        var found = 0;
        for (var round = 0; round < 100; round++)
        {
            var series = Autoregression(400, 0, (ulong)round + 1);
            found += One(series[..200], Shifted(series[200..], 0.5)).Verdict == DriftVerdict.Drift ? 1 : 0;
        }

        Assert.True(found >= 95, $"{found} of 100 shifts found");
    }

    [Theory]
    [InlineData(1000, DriftTest.KolmogorovSmirnov)]
    [InlineData(1001, DriftTest.Wasserstein)]
    public void The_test_of_numbers_goes_by_the_references_rows(int rows, DriftTest test)
    {
        var same = One(Autoregression(rows, 0, 1), Autoregression(500, 0, 3));
        var moved = One(Autoregression(rows, 0, 1), Shifted(Autoregression(500, 0, 3), 0.5));

        Assert.Equal((test, DriftVerdict.NoDrift), (same.Test!.Value, same.Verdict));
        Assert.Equal(DriftVerdict.Drift, moved.Verdict);
        Assert.True(moved.Effect > 0.1 && moved.PValue < 0.05 && moved.StabilityIndex > moved.StabilityCritical);
    }

    [Theory]
    [InlineData(2, 600, DriftTest.Proportions)]
    [InlineData(4, 600, DriftTest.ChiSquare)]
    [InlineData(4, 1500, DriftTest.JensenShannon)]
    public void The_test_of_categories_goes_by_their_number_and_the_rows(int categories, int rows, DriftTest test)
    {
        var same = One(Categories(rows, categories, 0, 1), Categories(500, categories, 0, 2));
        var moved = One(Categories(rows, categories, 0, 1), Categories(500, categories, 0.3, 2));

        Assert.Equal((test, DriftVerdict.NoDrift), (same.Test!.Value, same.Verdict));
        Assert.Equal(DriftVerdict.Drift, moved.Verdict);
    }

    [Fact]
    public void Too_little_data_is_a_verdict_of_its_own()
    {
        Assert.Equal(DriftVerdict.TooLittleData, One(Autoregression(500, 0, 1), [1, 2, 3]).Verdict);
        Assert.Equal(DriftVerdict.TooLittleData, One(Autoregression(500, 0, 1), [double.NaN, double.NaN]).Verdict);
        Assert.Equal(DriftVerdict.TooLittleData, One(Autoregression(500, 0, 1), []).Verdict);
        Assert.Equal(
            DriftVerdict.TooLittleData,
            One(Autoregression(60, 0.995, 1), Autoregression(60, 0.995, 2)).Verdict);
    }

    [Fact]
    public void Missing_values_are_left_out_and_their_share_is_told()
    {
        var current = Autoregression(200, 0, 2);
        current[3] = double.NaN;
        current[7] = double.PositiveInfinity;

        var drift = One(Autoregression(200, 0, 1), current);

        Assert.Equal(0.01, drift.Missing, 12);
        Assert.Equal(198, drift.CurrentRows);
    }

    [Fact]
    public void Of_many_columns_chance_findings_are_adjusted_away_and_the_share_decides()
    {
        var names = Enumerable.Range(0, 20).Select(i => $"c{i:00}").ToArray();
        var reference = ReferenceProfile.Of(names.Select((name, i) => (name, Autoregression(300, 0, (ulong)i + 1))));
        var current = names.Select((name, i) => (name, Values: Autoregression(300, 0, (ulong)i + 101)))
            .ToDictionary(pair => pair.name, pair => pair.Values);

        var calm = DriftDetector.Compare(reference, current);
        foreach (var name in names[..12])
        {
            current[name] = Shifted(current[name], 1);
        }

        var moved = DriftDetector.Compare(reference, current);

        Assert.Equal(DriftVerdict.NoDrift, calm.Verdict);
        Assert.Equal(0, calm.DriftedShare);
        Assert.Equal(DriftVerdict.Drift, moved.Verdict);
        Assert.Equal(0.6, moved.DriftedShare, 1);
    }

    [Fact]
    public void A_profile_that_was_stored_gives_the_same_report()
    {
        var reference = ReferenceProfile.Of([("x", Autoregression(300, 0.5, 1))]);
        var current = new Dictionary<string, double[]> { ["x"] = Autoregression(300, 0.5, 2) };

        var stored = ReferenceProfile.FromJson(reference.ToJson());

        Assert.Equal(
            DriftDetector.Compare(reference, current).Columns[0], DriftDetector.Compare(stored, current).Columns[0]);
        Assert.Throws<FormatException>(() => ReferenceProfile.FromJson("{"));
    }

    private static ColumnDrift One(double[] reference, double[] current) =>
        DriftDetector.Compare(
            ReferenceProfile.Of([("x", reference)]), new Dictionary<string, double[]> { ["x"] = current }).Columns[0];

    private static double[] Autoregression(int count, double persistence, ulong seed)
    {
        var stream = new Seed(seed).For("series").Stream();
        var values = new double[count];
        var value = stream.NextGaussian();
        for (var t = 0; t < count; t++)
        {
            value = persistence * value + Math.Sqrt(1 - persistence * persistence) * stream.NextGaussian();
            values[t] = value;
        }

        return values;
    }

    private static double[] Shifted(double[] values, double by) => Array.ConvertAll(values, value => value + by);

    private static double[] Categories(int count, int categories, double more, ulong seed)
    {
        var stream = new Seed(seed).For("categories").Stream();
        return [.. Enumerable.Range(0, count).Select(_ =>
            stream.NextDouble() < more ? 0.0 : stream.NextInt32(categories))];
    }
}
