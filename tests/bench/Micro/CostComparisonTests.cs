namespace Tumbler.Bench.Tests.Micro;

public sealed class CostComparisonTests
{
    private const string Approved = """
        # comment
        runtime .NET 10.0.1
        openssl OpenSSL 3.0.1
        processor x64 avx2
        bytes jwks-write 1000
        instructions jwks-write 20000
        request token 2000

        """;

    [Theory]
    [InlineData("bytes jwks-write", 1000, 1021, 1022)]
    [InlineData("bytes jwks-write", 1000, 979, 978)]
    [InlineData("instructions jwks-write", 20000, 22050, 22051)]
    [InlineData("instructions jwks-write", 20000, 17950, 17949)]
    [InlineData("request token", 2000, 2132, 2133)]
    [InlineData("request token", 2000, 1868, 1867)]
    public void A_count_may_differ_by_a_little_either_way(string what, long approved, long most, long tooMuch)
    {
        Assert.Empty(Problems(Approved.Replace($"{what} {approved}", $"{what} {most}", StringComparison.Ordinal)));
        var problem = Assert.Single(Problems(Approved.Replace($"{what} {approved}", $"{what} {tooMuch}", StringComparison.Ordinal)));
        Assert.Contains(tooMuch.ToString(System.Globalization.CultureInfo.InvariantCulture), problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runtime .NET 10.0.1", "runtime .NET 10.0.2")]
    [InlineData("openssl OpenSSL 3.0.1", "openssl OpenSSL 3.5.0")]
    public void With_other_libraries_it_may_differ_by_more(string one, string other)
    {
        var counted = Approved.Replace(one, other, StringComparison.Ordinal);

        Assert.Empty(Problems(counted.Replace(" 20000", " 25050", StringComparison.Ordinal)));
        Assert.Single(Problems(counted.Replace(" 20000", " 25051", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_new_or_gone_is_said()
    {
        var renamed = Approved.Replace("bytes jwks-write", "bytes jwks-print", StringComparison.Ordinal);

        Assert.Equal(2, Problems(renamed).Count);
    }

    [Fact]
    public void Instructions_are_compared_where_they_can_be()
    {
        var other = Approved.Replace("x64 avx2", "x64 avx2 sha_ni", StringComparison.Ordinal);

        Assert.Null(Incomparable(Approved, CostKind.Instructions));
        Assert.Contains("x64 avx2 sha_ni", Incomparable(other, CostKind.Instructions), StringComparison.Ordinal);
        Assert.Null(Incomparable(other, CostKind.Bytes));
    }

    [Theory]
    [InlineData("instructions")]
    [InlineData("request")]
    public void What_was_not_counted_is_not_compared(string what)
    {
        var kind = Enum.Parse<CostKind>(what, ignoreCase: true);

        Assert.Equal("ptrace: no", Incomparable($"{Approved}uncounted {what} ptrace: no\n", kind));
        Assert.Null(Incomparable($"{Approved}uncounted {what} ptrace: no\n", CostKind.Bytes));
    }

    private static List<string> Problems(string counted) =>
        [.. Enum.GetValues<CostKind>().SelectMany(kind => CostComparison.Problems(CostList.Parse(Approved), CostList.Parse(counted), kind))];

    private static string? Incomparable(string counted, CostKind kind) =>
        CostComparison.Incomparable(CostList.Parse(Approved), CostList.Parse(counted), kind);
}
