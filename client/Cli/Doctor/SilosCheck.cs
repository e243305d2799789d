using Tumbler.Contracts.Cluster;
using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether all processes that are this service are there, alike and up to date.</summary>
internal static class SilosCheck
{
    private const int EnoughSilos = 3;

    /// <summary>A silo hears of changes every second; one that has not for longer than this is not ready.</summary>
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(10), Silence = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LargestClockDifference = TimeSpan.FromSeconds(30), ClockDifference = TimeSpan.FromSeconds(5);

    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.Cluster is not { } cluster)
            return [];
        return cluster.Silos.SelectMany(OfOne).Concat(Versions(cluster)).Concat(TooFew(facts, cluster));
    }

    private static IEnumerable<Finding> OfOne(SiloView silo)
    {
        if (silo.Status == "dead" || (silo.Status == "active" && silo.Report is null))
        {
            yield return Finding.Failure(
                "silo-away", $"The silo {silo.Name} {(silo.Status == "dead" ? "is dead" : "does not answer")}{(silo.Address is null ? "" : $" ({silo.Address})")}.",
                "The others do its work; with one more gone there may be none left.",
                "Start it again and read the last lines of its log; a silo that was taken away for good disappears from the list by itself.");
        }
        else if (silo.Status != "active")
        {
            yield return Finding.Warning(
                "silo-not-active", $"The silo {silo.Name} is {silo.Status}.", "It takes no requests yet, or no more.", "`tumbler cluster`, in a minute; if it stays so, its log says why.");
        }

        if (silo.Report is not { } report)
            yield break;
        var (age, clock) = (TimeSpan.FromSeconds(report.SnapshotAgeSeconds), TimeSpan.FromSeconds(report.ClockDifferenceSeconds ?? 0));
        if (age > Silence)
        {
            yield return new Finding(
                "store-lag", age > LongSilence ? Severity.Failure : Severity.Warning,
                Invariant($"The silo {silo.Name} has not heard of changes for {report.SnapshotAgeSeconds:0.#} s."),
                "It goes on accepting what was revoked meanwhile.", "Look at its way to PostgreSQL, and at what PostgreSQL is busy with: select * from pg_stat_activity");
        }

        if (clock.Duration() > ClockDifference)
        {
            yield return new Finding(
                "clock-off", clock.Duration() > LargestClockDifference ? Severity.Failure : Severity.Warning,
                Invariant($"The clock of {silo.Name} differs from the database's by {report.ClockDifferenceSeconds:0.#} s."),
                "From 30 s on it issues no tokens and changes no keys.", "timedatectl set-ntp true, on its machine and on the database's");
        }
    }

    private static IEnumerable<Finding> Versions(ClusterView cluster)
    {
        var versions = cluster.Silos.Where(silo => silo.Status == "active" && silo.Report is not null).GroupBy(silo => silo.Report!.Version).ToArray();
        if (versions.Length > 1)
        {
            yield return Finding.Warning(
                "versions-differ",
                $"Silos run different versions: {string.Join("; ", versions.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} on {string.Join(", ", each.Select(silo => silo.Name))}"))}.",
                "That is what a rolling upgrade looks like; as a lasting state nobody tests it.", "Finish the upgrade: restart the silos of the older version with the newer one, one after the other.");
        }
    }

    private static IEnumerable<Finding> TooFew(Facts facts, ClusterView cluster)
    {
        var active = cluster.Silos.Count(silo => silo.Status == "active");
        if (cluster.Engine == "cluster" && facts.Environment == "production" && active < EnoughSilos)
        {
            yield return Finding.Warning(
                "few-silos", Invariant($"The cluster has {active} active {(active == 1 ? "silo" : "silos")}."),
                "When one fails, who is alive is decided by the others: with fewer than three there is nobody to outvote a silo that errs.", "Run three silos or more, each on a machine of its own.");
        }
    }
}
