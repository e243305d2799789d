using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>From what was seen to what is wrong with it.</summary>
internal static class Examination
{
    private static readonly Area[] Areas =
    [
        new("connection", ConnectionCheck.Of, facts => facts.Unreachable is not null ? null : facts.Certificate is { } certificate
            ? Invariant($"{certificate.Subject}, until {certificate.NotAfter.UtcDateTime:yyyy-MM-dd}") : "plain HTTP on this machine"),
        new("clock", ClockCheck.Of, facts => facts.Clock is { } clock && (clock.Date ?? clock.Own) is not null ? "the same" : null),
        new("issuer", IssuerCheck.Of, facts => facts.Discovery?.Issuer),
        new("key set", KeySetCheck.Of, facts => facts.KeySet is { Problem: null } set ? Invariant($"{set.Kids.Count} keys") : null),
        new("caching", CacheCheck.Of, facts => facts.KeySet is { Problem: null, MaxAge: { } kept } ? $"kept for {Duration.Format(kept)}" : null),
        new("readiness", ReadinessCheck.Of, facts => facts.Readiness?.Status),
        new("credential", CredentialCheck.Of, facts => facts.Credential is { IsAccepted: true, Rights: { } rights } ? $"{rights}'s" : null),
        new("silos", SilosCheck.Of, facts => facts.Cluster is { } cluster
            ? Invariant($"{cluster.Silos.Count}, version {string.Join(", ", cluster.Silos.Select(silo => silo.Report?.Version.Split('+')[0]).OfType<string>().Distinct())}") : null),
        new("rings", RingsCheck.Of, facts => facts.Rings.Count > 0 ? Invariant($"{facts.Rings.Count}{(facts.MoreRings ? " of more" : "")}") : null),
        new("lead", LeadCheck.Of, facts => facts.Keys.FirstOrDefault(key => key is { State: KeyState.Published, Active: true }) is { } next
            ? $"the next key signs from {Terminal.Time(next.ActivatesAt)}" : null),
        new("private keys", ProtectionCheck.Of, facts => facts.Protection is { } protection ? Invariant($"{protection.Keys}, all for the certificates of now") : null),
    ];

    /// <summary>Of a server that does not answer there is nothing else to say.</summary>
    public static IReadOnlyList<Examined> Of(Facts facts) =>
        [.. Areas.Take(facts.Unreachable is null ? Areas.Length : 1).Select(area => Examined.Of(area.Name, area.Shows(facts), [.. area.Check(facts)]))];
}
