using System.Xml.Linq;

namespace Tumbler.Stories.Tests.Steady;

public sealed class SteadySeriesTests
{
    [Theory]
    [InlineData(100, 100, 100, 1)]
    [InlineData(10, 100, 100, 1)]
    [InlineData(300, 200, 100, 0.5)]
    [InlineData(100, 100, 150, 1.5)]
    public void Growth_is_from_the_second_third_to_the_last(double first, double second, double last, double growth)
    {
        var series = Series([first, first, first, second, second, second, last, last, last]);

        Assert.Equal(growth, series.Growth(sample => sample.ResidentMib), 1e-9);
    }

    [Fact]
    public void One_window_that_was_disturbed_is_no_growth() =>
        Assert.Equal(1, Series([1, 1, 1, 1, 1, 1, 1, 50, 1]).Growth(sample => sample.P99), 1e-9);

    [Fact]
    public void The_drawing_is_well_formed_with_a_line_for_each_quantity_and_a_mark_for_each_rotation()
    {
        var svg = XDocument.Parse(SteadyDrawing.Of(Series([10, 20, 30, 20, 10, 20]).Samples)).Root!;

        Assert.Equal(4, svg.Elements().Count(element => element.Name.LocalName == "polyline"));
        Assert.Equal(2 * 2, svg.Elements().Count(element => (string?)element.Attribute("stroke") == "#e4e8ec"));
        Assert.Contains(svg.Elements(), element => element.Value == "resident, MiB");
    }

    /// <summary>Both memory and times are the value; every second window brings a rotation.</summary>
    private static SteadySeries Series(double[] values)
    {
        var series = new SteadySeries();
        foreach (var (n, value) in values.Index())
            series.Add(new SteadySample(n + 1, 100, value / 10, value, 0, value, value / 2, 0, n / 2));
        return series;
    }
}
