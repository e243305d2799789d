using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Tally;

/// <summary>Everything that was seen, and what follows from it.</summary>
internal sealed record Proof(DemoPlan Plan, Rotation Rotation, Emergency Emergency, AuditCheck Audit)
{
    // One in twenty that ended on the way tells of a slow machine; more, and too little was looked at.
    private const int MostUndecided = 20;

    public IReadOnlyList<Claim> Claims => [GoodTokens, BadTokens, Switches, Revocation, Log];

    public bool Proved => Claims.All(claim => claim.Held);

    private Counts Counts => Rotation.Counts;

    private Claim GoodTokens => new(
        Counts.Issued >= Plan.Hours && Counts is { FalseRejects: 0, Failed: 0 } && Counts.Undecided * MostUndecided <= Counts.Accepted,
        $"{Counts.Issued:N0} tokens issued and {Counts.Accepted:N0} times accepted in {Plan.Hours} hours: {Counts.FalseRejects:N0} false rejects"
        + (Counts.Failed > 0 ? $", {Counts.Failed:N0} requests failed" : "")
        + (Counts.Undecided > 0 ? $" ({Counts.Undecided:N0} ended on their way)" : ""));

    private Claim BadTokens => new(
        Counts is { Refused: > 0, FalseAccepts: 0 } && Rotation.Forgeries.Count == Enum.GetValues<Forgery>().Length,
        $"{Counts.Refused + Counts.FalseAccepts:N0} bad tokens shown, of {Rotation.Forgeries.Count} kinds: {Counts.FalseAccepts:N0} false accepts");

    private Claim Switches => new(
        Rotation.Switches.Count >= Plan.LeastSwitches && Rotation.Switches.All(change => change.Lead is not { } lead || lead >= DemoPlan.LeastLead),
        Rotation.Switches.Count(change => change.Lead is not null) is > 0 and var known
            ? $"{Times(Rotation.Switches.Count, "switch", "switches")} of keys; {(known == 1 ? "the one" : $"all {known}")} that came meanwhile had been published for {ShortestLead:N1} hours at least"
            : $"{Times(Rotation.Switches.Count, "switch", "switches")} of keys");

    private Claim Revocation => new(
        Emergency is { Arrived: true, Good: { Accepted: > 0, FalseRejects: 0, Failed: 0 } },
        $"a revoked key's tokens refused by the service after {Seconds(Party.Service)}, by the verifier after {Seconds(Party.Verifier)} (promised: {DemoPlan.RevocationLimit.TotalSeconds:N0} s)"
        + (Emergency.Relapsed ? ", but then accepted again" : "")
        + $"; {Emergency.Good.FalseRejects:N0} of the good ones beside them");

    private Claim Log => new(
        Audit.Valid && Audit.Rotations >= Rotation.Switches.Count && Audit.Revocations == 1,
        $"an audit log that {(Audit.Valid ? "verifies" : "does not verify")}: {Audit.Entries:N0} entries in {Audit.Chains:N0} chains, {Times(Audit.Rotations, "rotation", "rotations")} and {Times(Audit.Revocations, "revocation", "revocations")} among them");

    private double? ShortestLead => Rotation.Switches.Min(change => change.Lead?.TotalHours);

    private string Seconds(Party party) => Emergency.RefusedAfter(party) is { } after ? $"{after.TotalSeconds:N1} s" : "more time than there was";

    private static string Times(int count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";
}
