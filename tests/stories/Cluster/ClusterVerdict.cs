using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>What has to be true of a cluster after anything that happened to it, asked of every silo.</summary>
internal sealed class ClusterVerdict(LocalCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="changes">Every one that was asked for.</param>
    /// <param name="ring">Which was made by one of them, and rotated by others, each time at once.</param>
    public async Task Assert(ChangeLedger changes, string ring)
    {
        await Task.WhenAll(cluster.Silos.Select(silo => silo.UntilReady()));
        await AssertRotations(changes, ring);
        await AssertAudit(changes);
    }

    /// <summary>None lost, none doubled.</summary>
    private async Task AssertRotations(ChangeLedger changes, string ring)
    {
        var keys = await AgreedKeys(ring);
        var ordinals = keys.Select(key => key.RotationCount).Order().ToArray();
        Xunit.Assert.Equal(Enumerable.Range(0, ordinals.Length).Select(n => ordinals[0] + n), ordinals);
        Xunit.Assert.Equal(keys.Count, keys.Select(key => key.Kid).Distinct().Count());

        var rotations = changes.Changes.Where(change => ChangeLedger.IsRotation(change, ring)).ToArray();
        var confirmed = rotations.Count(change => change.Outcome == ChangeOutcome.Confirmed);
        var unknown = rotations.Count(change => change.Outcome == ChangeOutcome.Unknown);
        var made = keys.Single(key => key.State == "signing").RotationCount - ordinals[0];
        Xunit.Assert.True(
            made >= confirmed && made <= confirmed + unknown,
            $"Ring {ring} was rotated {made} times; {confirmed} rotations were confirmed and {unknown} had no answer.");
    }

    /// <summary>As every silo lists them, once they list the same.</summary>
    private Task<IReadOnlyList<RingKey>> AgreedKeys(string ring) => Until.Found("all silos list the same keys", Patience, async () =>
    {
        var lists = await Task.WhenAll(cluster.Silos.Select(silo => silo.Admin.Keys(ring)));
        return lists.All(list => list.Select(key => (key.Kid, key.State)).SequenceEqual(lists[0].Select(key => (key.Kid, key.State)))) ? lists[0] : null;
    });

    private async Task AssertAudit(ChangeLedger changes)
    {
        foreach (var silo in cluster.Silos)
        {
            var verdict = await silo.Admin.VerifyAudit();
            Xunit.Assert.True(verdict.Valid, $"{silo.Name}: {verdict}");
        }

        var from = Uri.EscapeDataString(changes.Begin.AddMinutes(-1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
        var entries = await cluster.Silos[0].Admin.WholeAuditLog($"from={from}");
        var entered = entries.Select(entry => entry.RequestId).ToHashSet(StringComparer.Ordinal);
        var made = entries.Where(entry => entry.Status == "SUCCESS").Select(entry => entry.RequestId).ToHashSet(StringComparer.Ordinal);
        Xunit.Assert.DoesNotContain(changes.Confirmed, change => !IsEntered(change));
        Xunit.Assert.DoesNotContain(changes.Changes, change => change.Outcome == ChangeOutcome.Refused && made.Contains(change.RequestId));

        bool IsEntered(Change change) => entered.Contains(change.RequestId)
            || (change.IdempotencyKey is { } key && changes.Changes.Any(same => same.IdempotencyKey == key && entered.Contains(same.RequestId)));
    }
}
