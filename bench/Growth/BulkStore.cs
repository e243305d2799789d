using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;

namespace Tumbler.Bench.Growth;

/// <summary>Makes much in little time: states of the product's own types, saved by its own store with a sealed audit entry each.</summary>
internal sealed class BulkStore(SizedDatabase database) : IDisposable
{
    private const int Writers = 4;

    private static readonly CallContext Call = new(Actor.Administrator, "5f0c2a57d1f94ddcb7ea3c1f0a6a9d1e", "192.0.2.17");

    private readonly PostgresStore store = Open(database.ConnectionString);
    private readonly ApiKeyHasher hasher = new(database.HashKey);
    private readonly AuditKey auditKey = new(database.AuditKey);
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public static string Ring(int number) => string.Create(CultureInfo.InvariantCulture, $"ring-{number:D5}");

    public static string Organization(int number) => string.Create(CultureInfo.InvariantCulture, $"org_{number:D5}");

    /// <summary>Rings with keys like those of the default ring.</summary>
    public async Task Rings(int count)
    {
        var like = (await store.Rings.Load(RingId.Default, CancellationToken.None))!.State;
        await Each(count, n => Save(
            store.Rings, like with { Id = RingId.Parse(Ring(n)), Receipts = [], AuditHead = AuditHead.Empty }, null, AuditResource.Ring, Ring(n)));
    }

    /// <summary>Organisations with so many API keys each.</summary>
    /// <returns>The keys; those of an organisation stand together.</returns>
    public async Task<PickedKeys> Organizations(int count, int keys)
    {
        var texts = new (ApiKeyId Id, ApiKeyText Text)[count * keys];
        await Each(count, n =>
        {
            var slug = OrgSlug.Parse(Organization(n));
            var made = Enumerable.Range(n * keys, keys).Select(place =>
            {
                var (id, text) = texts[place] = (new ApiKeyId(Chance.Uuid()), ApiKeyText.Create(slug, Chance.Fill));
                return new ApiKey(id, "service", hasher.Hash(text), [], [], [], now);
            });
            return Save(
                store.Organizations,
                new Organization(
                    slug, "An organisation of the benchmark", "ops@bench.example", OrganizationStatus.Active, false, now, now,
                    made.ToImmutableDictionary(key => key.Id), AuditHead.Empty, []),
                slug, AuditResource.Organization, slug.Value);
        });
        return new PickedKeys(texts);
    }

    public void Dispose() => store.Dispose();

    private static Task Each(int count, Func<int, Task> make) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (n, _) => await make(n));

    private async Task Save<TId, TState>(IAggregateStore<TId, TState> states, TState state, OrgSlug? org, AuditResource resource, string id)
        where TId : struct
        where TState : class, IAggregate<TState>
    {
        var draft = new AuditDraft(org, AuditAction.Create, resource, id, AuditStatus.Success, ImmutableDictionary<string, string>.Empty);
        var (entries, head) = AuditChain.Append(state.Chain, state.AuditHead, [draft], Call, now, auditKey);
        var saved = await states.Save(state.With(head, state.Receipts), VersionToken.None, entries, CancellationToken.None);
        if (saved.Outcome != SaveOutcome.Saved)
            throw new InvalidOperationException($"A save ended as {saved.Outcome}.");
    }

    private static PostgresStore Open(string connectionString)
    {
        var options = new PostgresOptions { Migrate = true, StatementTimeout = TimeSpan.FromSeconds(60) };
        return PostgresStore.TryOpen(connectionString, options, NullLogger<PostgresStore>.Instance, out var store, out var failure)
            ? store
            : throw new InvalidOperationException(failure.Message);
    }
}
