namespace Tumbler.Engine.Tests;

public sealed class ChanceTests
{
    [Fact]
    public void Uuids_are_version_4_of_the_rfc_variant_and_otherwise_random()
    {
        var uuids = Enumerable.Range(0, 1000).Select(_ => Chance.Uuid()).ToArray();

        Assert.All(uuids, uuid => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", uuid.ToString()));
        Assert.Equal(uuids.Length, uuids.Distinct().Count());
    }

    [Fact]
    public void No_two_threads_get_the_same_uuid()
    {
        var uuids = ParallelEnumerable.Range(0, 10_000).Select(_ => Chance.Uuid()).ToArray();

        Assert.Equal(uuids.Length, uuids.Distinct().Count());
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.1, 700, 1_300)] // Ten times the standard deviation on either side.
    [InlineData(1.0, 10_000, 10_000)]
    public void What_happens_in_so_many_cases_does(double share, int least, int most) =>
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => Chance.Happens(share)), least, most);

    [Fact]
    public void Bytes_are_as_many_as_asked_for_and_never_the_same() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(Chance.Bytes(32))).Where(hex => hex.Length == 64).Distinct().Count());
}
