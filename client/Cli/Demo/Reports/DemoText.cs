using static System.FormattableString;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Reports;

/// <summary>What happened, in words.</summary>
internal static class DemoText
{
    public static IEnumerable<string> Of(DemoEvent happened) => happened switch
    {
        DemoEvent.Began(var plan) =>
        [
            Invariant($"{plan.Hours} hours of key rotation in {plan.RealTime.TotalSeconds:N0} seconds, on a clock that runs {plan.Rate:N0} times faster; then an emergency in real time."),
        ],
        DemoEvent.Opened opened =>
        [
            "",
            $"  server     {Address(opened.Server)}, a process of its own with its data in a temporary directory",
            $"  service    {Address(opened.Service)}, guarded by the SDK; lets nobody in without a good token",
            "  verifier   keeps the published keys for 12.6 hours, like the slowest of the usual libraries",
            Invariant($"  clocks     of both are the server's, to within {opened.ClockError.TotalSeconds:N1} s of its time"),
            "",
            HourBlock.Head,
        ],
        DemoEvent.Switched(var change) =>
        [
            Invariant($"  {Hour(change.At)}    {change.To} signs ({change.To.ShortKid}){Known(change)}"),
        ],
        DemoEvent.Slowed(var away) =>
        [
            "",
            Invariant($"The server is killed and started again on the usual clock; {away.TotalSeconds:N1} s later it answers."),
        ],
        DemoEvent.Revoked(var key, var successor) =>
        [
            $"An emergency: {key} has leaked and is revoked; {successor} signs.",
        ],
        DemoEvent.Refused(var party, var after) =>
        [
            Invariant($"  {after.TotalSeconds:N2} s    the {Name(party)} refuses the tokens of the revoked key"),
        ],
        DemoEvent.Audited(var check) =>
        [
            Invariant($"The audit log is recomputed: {check.Entries:N0} entries, {(check.Valid ? "all as they were written" : "NOT as they were written")}."),
        ],
        DemoEvent.Ended(var proof) =>
        [
            "",
            proof.Proved ? "Proved:" : "NOT proved:",
            .. proof.Claims.Select(claim => $"  {(claim.Held ? "yes" : "NO ")}  {claim.Text}"),
        ],
        _ => [],
    };

    public static string Hour(TimeSpan time) => Invariant($"{(int)time.TotalHours,3}:{time.Minutes:00}");

    private static string Known(Switch change) => change.Lead is { } lead
        ? Invariant($", in the JWKS for {lead.TotalHours:N1} hours by now")
        : ", in the JWKS from the beginning";

    private static string Address(Uri url) => url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private static string Name(Party party) => party == Party.Service ? "service" : "verifier";
}
