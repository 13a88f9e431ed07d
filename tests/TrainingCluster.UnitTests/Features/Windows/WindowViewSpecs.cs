using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.UnitTests.Features.Windows;

public sealed class WindowViewSpecs
{
    [Fact]
    public void A_window_is_a_view_of_its_rows_oldest_first()
    {
        var matrix = Matrix(rows: 7, firstValid: 2);
        var windows = new WindowView(matrix, 3);

        var window = windows[5];

        Assert.Equal(4, windows.FirstEnd);
        Assert.Equal([30f, 31f, 40f, 41f, 50f, 51f], window.ToArray());
        Assert.True(window == matrix.Values.AsSpan(6, 6));
    }

    [Fact]
    public void A_batch_holds_windows_one_after_the_other()
    {
        var windows = new WindowView(Matrix(rows: 7, firstValid: 0), 2);
        var batch = new float[8];

        windows.CopyTo([6, 1], batch);

        Assert.Equal([50f, 51f, 60f, 61f, 0f, 1f, 10f, 11f], batch);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void A_window_that_is_not_wholly_defined_is_refused(int end)
    {
        var windows = new WindowView(Matrix(rows: 7, firstValid: 2), 3);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => windows[end].Length);

        Assert.Contains("a window of 3 bars must end in [4, 7)", error.Message);
    }

    [Fact]
    public void No_window_crosses_from_one_symbol_into_the_next()
    {
        var windows = new WindowView(Matrix(rows: 12, firstValid: 1), 3, [0, 6]);

        Assert.Equal([70f, 71, 80, 81, 90, 91], windows[9].ToArray());
        Assert.Equal([30f, 31, 40, 41, 50, 51], windows[5].ToArray());
        foreach (var end in new[] { 2, 6, 7, 8, 12 })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => windows[end].Length);
        }
    }

    [Fact]
    public void A_batch_of_the_wrong_size_says_which_size_it_needs()
    {
        var windows = new WindowView(Matrix(rows: 7, firstValid: 0), 2);

        var error = Assert.Throws<ArgumentException>(() => windows.CopyTo([6, 1], new float[7]));

        Assert.Contains("the batch is [2, 2, 2] = 8 floats, but the destination holds 7", error.Message);
    }

    /// <summary>Two columns; row r holds 10·r and 10·r + 1.</summary>
    private static FeatureMatrix Matrix(int rows, int firstValid)
    {
        var values = Enumerable.Range(0, 2 * rows).Select(i => (float)(10 * (i / 2) + i % 2));
        return new FeatureMatrix(["a", "b"], rows, firstValid, [.. values]);
    }
}
