using System.Collections.Immutable;
using System.Diagnostics;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Bench.Commits;

/// <summary>Writers that change an organisation each, one change after the other: the entry is sealed and saved as the
/// keeper does it.</summary>
internal sealed class StoreWriters(IStore store)
{
    private static readonly AuditKey Key = new(new byte[AuditKey.MinLength]);
    private static readonly CallContext Call = new(Actor.Administrator, "5f0c2a57d1f94ddcb7ea3c1f0a6a9d1e", "192.0.2.17");
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Stored<Organization>[] known = new Stored<Organization>[CommitsPath.Connections];

    public static OrgSlug Slug(int writer) => OrgSlug.Parse($"bench_{writer}");

    public async Task Create()
    {
        for (var writer = 0; writer < known.Length; writer++)
        {
            var organization = new Organization(
                Slug(writer), "An organisation of the benchmark", "ops@bench.example", OrganizationStatus.Active, false, Start, Start,
                ImmutableDictionary<Contracts.ApiKeys.ApiKeyId, Core.ApiKeys.ApiKey>.Empty, AuditHead.Empty, []);
            known[writer] = await Save(organization, VersionToken.None);
        }
    }

    /// <returns>Changes a second, of all of them together.</returns>
    public async Task<double> Run(TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var changes = await Task.WhenAll(Enumerable.Range(0, known.Length).Select(writer => Task.Run(() => Write(writer, watch, duration))));
        return changes.Sum() / watch.Elapsed.TotalSeconds;
    }

    private async Task<int> Write(int writer, Stopwatch watch, TimeSpan duration)
    {
        var changes = 0;
        for (; watch.Elapsed < duration; changes++)
        {
            var (state, version) = known[writer];
            known[writer] = await Save(state with { UpdatedAt = state.UpdatedAt.AddSeconds(1) }, version);
        }

        return changes;
    }

    private async Task<Stored<Organization>> Save(Organization next, VersionToken version)
    {
        var draft = new AuditDraft(
            next.Slug, AuditAction.Update, AuditResource.Organization, next.Slug.Value, AuditStatus.Success,
            new Dictionary<string, string> { ["name"] = "A*** o*** t*** b***", ["status"] = "active" });
        var (entries, head) = AuditChain.Append(next.Chain, next.AuditHead, [draft], Call, next.UpdatedAt, Key);
        next = next.With(head, next.Receipts);
        var saved = await store.Organizations.Save(next, version, entries, CancellationToken.None);
        return saved.Outcome == SaveOutcome.Saved
            ? new Stored<Organization>(next, saved.Version)
            : throw new InvalidOperationException($"A save ended as {saved.Outcome}.");
    }
}
