using Tumbler.Contracts.Keys;
using Tumbler.Engine.Keys;

namespace Tumbler.Engine.Tests.Keys;

public sealed class IssuersTests
{
    [Fact]
    public void The_default_ring_has_the_configured_issuer_and_others_a_path_below_it()
    {
        var issuers = new Issuers("https://issuer.example/auth");

        Assert.Equal("https://issuer.example/auth", issuers.Of(RingId.Default));
        Assert.Equal("https://issuer.example/auth/rings/orders", issuers.Of(RingId.Parse("orders")));
    }

    [Theory]
    [InlineData("https://issuer.example/auth", "default")]
    [InlineData("https://issuer.example/auth/rings/orders", "orders")]
    [InlineData("https://issuer.example/auth/rings/default", null)]
    [InlineData("https://issuer.example/auth/", null)]
    [InlineData("https://issuer.example/auth/rings/", null)]
    [InlineData("https://issuer.example/auth/rings/a/b", null)]
    [InlineData("https://issuer.example/auth/rings/Orders", null)]
    [InlineData("HTTPS://issuer.example/auth", null)]
    [InlineData("https://issuer.example", null)]
    [InlineData("", null)]
    public void An_issuer_leads_back_to_its_ring(string issuer, string? ring) =>
        Assert.Equal(
            (ring is not null, ring),
            (new Issuers("https://issuer.example/auth").TryRing(issuer, out var found), ring is null ? null : found.Value));
}
