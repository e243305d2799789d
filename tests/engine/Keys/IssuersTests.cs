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
}
