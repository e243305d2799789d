using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether verifiers here would take the server's tokens for the tokens of now.</summary>
internal static class ClockCheck
{
    /// <summary>What verifiers put up with at most, as this product's do by default.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>More than any clock that is set by the network.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);

    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.Clock is not { } clock)
            yield break;
        var (date, own) = (clock.Off(clock.Date), clock.Off(clock.Own));
        if (date.Duration() >= Noticeable)
        {
            var name = date > TimeSpan.Zero ? "ahead of" : "behind";
            yield return new Finding(
                "clock-off", date.Duration() > Skew ? Severity.Failure : Severity.Warning,
                Invariant($"The server's clock is {Math.Floor(date.Duration().TotalSeconds)} s {name} this machine's."),
                "Tokens that are issued now are refused as not yet valid or as expired where clocks may differ by 30 s.",
                "Set both by the same time servers: timedatectl set-ntp true; then timedatectl shows which of them is wrong.");
        }
        else if (own.Duration() > Skew)
        {
            yield return Finding.Warning(
                "clock-of-its-own", Invariant($"The server lives {Math.Floor(own.Duration().TotalSeconds)} s away from the time that its answers are dated with."),
                "It runs on a clock of its own (Development:ClockRate), or the gateway that dates the answers has another time. Tokens are refused elsewhere.",
                "Take Development:ClockRate out, with an empty data directory; or set the clocks of the server and of the gateway.");
        }
    }
}
