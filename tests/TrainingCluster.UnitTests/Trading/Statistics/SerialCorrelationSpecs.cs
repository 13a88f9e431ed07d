using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class SerialCorrelationSpecs
{
    [Theory]
    [InlineData(-0.2, 4.170848014103785)]
    [InlineData(0, 3.464101615137755)]
    [InlineData(0.2, 2.87884869052744)]
    [InlineData(0.5, 2.12128797552083)]
    public void Lo_2002_over_twelve_months(double correlation, double expected)
    {
        var correlations = Enumerable.Range(1, 11).Select(lag => Math.Pow(correlation, lag)).ToArray();

        Assert.Equal(expected, SerialCorrelation.AnnualisingFactor(12, correlations), 1e-12);
    }

    [Fact]
    public void Five_years_of_months_leave_an_annual_sharpe_of_one_very_uncertain()
    {
        var annualError = SerialCorrelation.IndependentStandardError(1 / Math.Sqrt(12), 60) * Math.Sqrt(12);

        Assert.Equal(0.456435, annualError, 1e-6);
        Assert.Equal(0.11, 1 - 1.96 * annualError, 5e-3);
        Assert.Equal(1.89, 1 + 1.96 * annualError, 5e-3);
    }

    [Fact]
    public void A_variance_that_cancels_leaves_the_factor_undefined()
    {
        Assert.Contains("must be positive", SerialCorrelation.AnnualisingFactor(2, [-1]).Undefined);
    }

    [Fact]
    public void Autocorrelations_of_a_hand_table()
    {
        // Deviations from 2.5: -1.5, -.5, .5, 1.5; Σd² = 5; lag 1: .75 - .25 + .75; lag 2: -.75 - .75.
        Assert.Equal([0.25, -0.3], SerialCorrelation.Autocorrelations([1, 2, 3, 4], 2), new Within(1e-15));
        Assert.Empty(SerialCorrelation.Autocorrelations([1, 1, 1], 2));
    }

    [Fact]
    public void Ljung_box_rejects_a_persistent_series_and_not_white_noise()
    {
        var normals = new MersenneGaussians(7);
        var noise = Enumerable.Range(0, 500).Select(_ => normals.Next()).ToArray();
        var persistent = (double[])noise.Clone();
        for (var i = 1; i < persistent.Length; i++)
        {
            persistent[i] += 0.5 * persistent[i - 1];
        }

        Assert.True(SerialCorrelation.LjungBox(noise, 10) > 0.05);
        Assert.True(SerialCorrelation.LjungBox(persistent, 10) < 1e-6);
        Assert.False(SerialCorrelation.LjungBox([1, 1, 1, 1], 2).IsDefined);
    }
}
