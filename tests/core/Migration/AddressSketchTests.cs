using Tumbler.Core.Migration;

namespace Tumbler.Core.Tests.Migration;

public sealed class AddressSketchTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(10, 0)]
    [InlineData(100, 3)]
    [InlineData(1000, 40)]
    [InlineData(4000, 200)]
    public void It_knows_about_how_many_there_were(int addresses, int error) =>
        Assert.InRange(AddressSketch.Count(Sketch(0, addresses)), addresses - error, addresses + error);

    [Fact]
    public void One_that_comes_again_is_not_counted_again()
    {
        var sketch = Sketch(0, 50);
        var before = AddressSketch.Count(sketch);

        for (var i = 0; i < 50; i++)
            AddressSketch.Add(sketch, $"192.0.2.{i}");

        Assert.Equal(before, AddressSketch.Count(sketch));
    }

    [Fact]
    public void Two_nodes_sketches_become_one() =>
        Assert.Equal(Sketch(0, 300), AddressSketch.Union(Sketch(0, 200), Sketch(100, 200)));

    [Theory]
    [InlineData("")]
    [InlineData("AQID")]
    [InlineData("no base64")]
    public void What_another_version_sends_does_no_harm(string text) => Assert.Equal(AddressSketch.Empty(), AddressSketch.Parse(text));

    [Fact]
    public void A_sketch_travels_as_text() => Assert.Equal(Sketch(0, 5), AddressSketch.Parse(Convert.ToBase64String(Sketch(0, 5))));

    [Fact]
    public void More_than_it_can_tell_apart_is_a_large_number_and_no_error()
    {
        var full = AddressSketch.Empty();
        Array.Fill(full, byte.MaxValue);

        Assert.InRange(AddressSketch.Count(full), 10_000, 20_000);
    }

    private static byte[] Sketch(int from, int count)
    {
        var sketch = AddressSketch.Empty();
        for (var i = from; i < from + count; i++)
            AddressSketch.Add(sketch, i < 256 ? $"192.0.2.{i}" : $"198.51.{i / 256}.{i % 256}");
        return sketch;
    }
}
