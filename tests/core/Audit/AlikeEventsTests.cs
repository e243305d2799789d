using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public class AlikeEventsTests
{
    private static readonly AlikeEvents Alike = new();

    private static readonly SecurityEvent Happened =
        Turned.Away() with { Key = Turned.Id(1), ClientId = Turned.Id(2), Org = Turned.Org, ClientAddress = "198.51.100.7" };

    public static TheoryData<SecurityEvent> Others { get; } =
    [
        Happened with { Reason = SecurityReason.RevokedKey },
        Happened with { Key = Turned.Id(3) },
        Happened with { ClientId = null },
        Happened with { ClientAddress = "198.51.100.8" },
        Happened with { Origin = Happened.Origin with { Source = "192.0.2.2" } },
        Happened with { Origin = Happened.Origin with { Route = "GET /" } },
    ];

    [Fact]
    public void The_request_and_the_instant_make_no_difference()
    {
        var later = Happened with { At = Turned.Now.AddHours(1), Origin = Happened.Origin with { RequestId = "another" } };

        Assert.True(Alike.Equals(Happened, later));
        Assert.Equal(Alike.GetHashCode(Happened), Alike.GetHashCode(later));
    }

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Everything_else_does(SecurityEvent other)
    {
        Assert.False(Alike.Equals(Happened, other));
        Assert.NotEqual(Alike.GetHashCode(Happened), Alike.GetHashCode(other));
    }
}
