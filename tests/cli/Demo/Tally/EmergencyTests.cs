using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Tests.Demo.Tally;

public sealed class EmergencyTests
{
    [Fact]
    public void It_has_arrived_when_both_refuse_in_time()
    {
        var emergency = With((Party.Service, 0.1, true), (Party.Verifier, 0.2, false), (Party.Service, 4.9, false));

        Assert.True(emergency.Arrived);
        Assert.Equal(TimeSpan.FromSeconds(4.9), emergency.RefusedAfter(Party.Service));
        Assert.Equal(TimeSpan.FromSeconds(0.2), emergency.RefusedAfter(Party.Verifier));
    }

    [Fact]
    public void Late_is_not_in_time() => Assert.False(With((Party.Verifier, 0.2, false), (Party.Service, 5.1, false)).Arrived);

    [Fact]
    public void Never_is_not_in_time() => Assert.False(With((Party.Verifier, 0.2, false), (Party.Service, 0.3, true)).Arrived);

    [Fact]
    public void Who_accepts_again_has_not_understood()
    {
        var emergency = With((Party.Verifier, 0.2, false), (Party.Service, 0.3, false), (Party.Service, 0.4, true));

        Assert.True(emergency.Relapsed);
        Assert.False(emergency.Arrived);
    }

    private static Emergency With(params (Party By, double Seconds, bool Accepted)[] showings) => new(Seen.Key(4), Seen.Key(5))
    {
        Showings = [.. showings.Select(each => new Showing(each.By, TimeSpan.FromSeconds(each.Seconds), each.Accepted))],
    };
}
