using Microsoft.Extensions.Primitives;
using Tumbler.Api.Keys;

namespace Tumbler.Api.Tests.Keys;

public class AcceptEncodingTests
{
    [Theory]
    [InlineData("gzip", true)]
    [InlineData("GZIP", true)]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("br;q=1.0, gzip;q=0.8, *;q=0.1", true)]
    [InlineData("gzip ; q=0.001", true)]
    [InlineData("*", true)]
    [InlineData("*;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0.000, *", false)]
    [InlineData("*;q=0", false)]
    [InlineData("*;q=0, gzip", true)]
    [InlineData("identity", false)]
    [InlineData("br", false)]
    [InlineData("gzipped", false)]
    [InlineData("gzip;q=much", false)]
    [InlineData("gzip;q=-1", false)]
    [InlineData("", false)]
    [InlineData(",,;", false)]
    public void Gzip_is_allowed_by_name_or_else_by_star(string header, bool allowed) =>
        Assert.Equal(allowed, AcceptEncoding.AllowsGzip(header));

    [Fact]
    public void Without_the_header_it_is_not() => Assert.False(AcceptEncoding.AllowsGzip(StringValues.Empty));

    [Fact]
    public void Several_headers_are_one_list() => Assert.True(AcceptEncoding.AllowsGzip(new StringValues(["br", "gzip"])));
}
