namespace Tumbler.Bench.Tests;

public sealed class ComparisonTests
{
    [Fact]
    public void Where_more_is_better_the_ratio_is_ours_to_theirs()
    {
        var comparison = new Comparison("ours", "theirs");
        comparison.Add(80, 100);

        Assert.Equal(0.8, comparison.Ratio);
    }

    [Theory]
    [InlineData(2, 5, 2.5)]
    [InlineData(10, 5, 0.5)]
    [InlineData(double.PositiveInfinity, 5, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 0)]
    public void Where_less_is_better_it_is_what_may_be_taken_to_what_is(double taken, double most, double ratio)
    {
        var comparison = new Comparison("taken", "promised", " ms", lessIsBetter: true);
        comparison.Add(taken, most);

        Assert.Equal(ratio, comparison.Ratio);
    }

    [Fact]
    public void The_median_of_the_rounds_counts()
    {
        var comparison = new Comparison("ours", "theirs");
        foreach (var ours in (double[])[90, 10, 80])
            comparison.Add(ours, 100);

        Assert.Equal(0.8, comparison.Ratio);
    }
}
