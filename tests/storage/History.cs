using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Organizations;
using Tumbler.Core;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Core.Idempotency;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests;

/// <summary>Lives of rings and organisations, made up from a seed: every field takes every sort of value, whether or not
/// the product would ever put it there. The store must not care.</summary>
internal sealed class History(int seed)
{
    public static readonly AuditKey AuditKey = new(new byte[32]);

    private static readonly PrivateKey[] Pairs =
        [PrivateKey.Generate(JwsAlgorithm.ES256), PrivateKey.Generate(JwsAlgorithm.ES512), PrivateKey.Generate(JwsAlgorithm.PS256)];

    private readonly Random random = new(seed);
    private DateTimeOffset now = new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static RingId Ring(int number) => RingId.Parse($"ring-{number}");

    public static NodeId Node(int number) => NodeId.Parse($"node.{number}");

    public static OrgSlug Org(int number) => OrgSlug.Parse($"Org_{number}");

    public KeyRing NewRing(RingId id) => new() { Id = id, Policy = Policy(), CreatedAt = Instant() };

    public Organization NewOrganization(OrgSlug slug) => new(
        slug, Text(), Text(), Pick<OrganizationStatus>(), Chance(), Instant(), Instant(),
        ImmutableDictionary<ApiKeyId, ApiKey>.Empty, AuditHead.Empty, []);

    public KeyRing Changed(KeyRing ring) => ring with
    {
        Policy = Chance() ? Policy() : ring.Policy,
        LastOrdinal = ring.LastOrdinal + 1,
        ForgottenSigners = random.NextInt64(),
        Quiet = new QuietTime(Milliseconds(), Milliseconds()),
        Keys = Changed(ring.Keys, key => key.Kid, _ => Key(), key => key with { TaintedAt = Instant(), Reason = Text(), PrivateKey = null }),
        Receipts = Changed(ring.Receipts, receipt => receipt.KeyHash, _ => Receipt(), receipt => receipt with { SealedAnswer = Text() }),
    };

    public Organization Changed(Organization org) => org with
    {
        Name = Chance() ? Text() : org.Name,
        Email = Text(),
        Status = Pick<OrganizationStatus>(),
        Deleted = Chance(),
        UpdatedAt = Instant(),
        ApiKeys = Changed([.. org.ApiKeys.Values], key => key.Id, _ => ApiKey(), key => key with { RevokedAt = Instant() })
            .ToImmutableDictionary(key => key.Id),
        Clients = Changed([.. org.Clients.Values], client => client.Id, _ => Client(org.Slug), client => client with { Name = Text() })
            .ToImmutableDictionary(client => client.Id),
        Receipts = Changed(org.Receipts, receipt => receipt.KeyHash, _ => Receipt(), receipt => receipt with { At = Instant() }),
    };

    public NodeLog Changed(NodeLog log) => log with
    {
        Recorded = random.NextInt64(),
        Dropped = random.NextInt64(),
        Batches = Changed(log.Batches, id => id, _ => Guid(), _ => Guid()),
    };

    /// <summary>The state with the head of its chain after some entries, and those.</summary>
    public (T Next, IReadOnlyList<AuditEntry> Entries) Audited<T>(T state, int entries = 1) where T : IAggregate<T>
    {
        now = now.AddSeconds(random.Next(10));
        var drafts = Enumerable.Range(0, entries).Select(_ => Draft()).ToArray();
        var call = new CallContext(new Actor(Pick<ActorType>(), Text()), Text(), Text());
        var (written, head) = AuditChain.Append(state.Chain, state.AuditHead, drafts, call, now, AuditKey);
        return (state.With(head, state.Receipts), written);
    }

    /// <summary>Saves a ring, new or changed, and says what was saved.</summary>
    public async Task<Stored<KeyRing>> Save(IStore store, RingId id, QuietTime? quiet = null)
    {
        var known = await store.Rings.Load(id, CancellationToken.None);
        var changed = Changed(known?.State ?? NewRing(id));
        var (next, entries) = Audited(changed with { Quiet = quiet ?? changed.Quiet });
        return Saved(next, await store.Rings.Save(next, known?.Version ?? VersionToken.None, entries, CancellationToken.None));
    }

    /// <inheritdoc cref="Save(IStore, RingId, QuietTime?)"/>
    public async Task<Stored<Organization>> Save(IStore store, OrgSlug slug)
    {
        var known = await store.Organizations.Load(slug, CancellationToken.None);
        var (next, entries) = Audited(Changed(known?.State ?? NewOrganization(slug)));
        return Saved(next, await store.Organizations.Save(next, known?.Version ?? VersionToken.None, entries, CancellationToken.None));
    }

    /// <inheritdoc cref="Save(IStore, RingId, QuietTime?)"/>
    public async Task<Stored<NodeLog>> Save(IStore store, NodeId id)
    {
        var known = await store.NodeLogs.Load(id, CancellationToken.None);
        var (next, entries) = Audited(Changed(known?.State ?? NodeLog.Empty(id)));
        return Saved(next, await store.NodeLogs.Save(next, known?.Version ?? VersionToken.None, entries, CancellationToken.None));
    }

    public string Text() => random.Next(4) switch
    {
        0 => "",
        1 => "Ünïcödé \u2028 \"quoted\" \\ \n \t \U0001F511 </script>",
        _ => $"text {random.Next()}",
    };

    private static Stored<T> Saved<T>(T state, SaveResult result)
    {
        Assert.Equal(SaveOutcome.Saved, result.Outcome);
        return new Stored<T>(state, result.Version);
    }

    /// <summary>Some go, some change in place, some come at the end.</summary>
    private ImmutableArray<T> Changed<T, TKey>(ImmutableArray<T> items, Func<T, TKey> keyOf, Func<int, T> make, Func<T, T> change)
        where TKey : notnull =>
    [
        .. items.Where(_ => random.Next(6) > 0).Select(item => random.Next(4) > 0 ? item : change(item)),
        .. Enumerable.Range(0, random.Next(3)).Select(make).DistinctBy(keyOf),
    ];

    private SigningKey Key()
    {
        var kid = new Kid(Guid());
        return new SigningKey
        {
            Kid = kid,
            Ordinal = random.NextInt64(),
            PublicKey = Pairs[random.Next(Pairs.Length)].PublicJwk(kid),
            PrivateKey = Chance() ? new ProtectedKey(Bytes(random.Next(100))) : null,
            Origin = Pick<KeyOrigin>(),
            CreatedAt = Instant(),
            PublishedAt = Instant(),
            SignsFrom = Instant(),
            SignsUntil = Instant(),
            ExpiresAt = Instant(),
            TaintedAt = Maybe(Instant()),
            RevokedAt = Maybe(Instant()),
            Reason = Chance() ? Text() : null,
            PrivateKeyDestroyedAt = Maybe(Instant()),
        };
    }

    public ApiKey ApiKey() => new(
        new ApiKeyId(Guid()), Text(), new ApiKeyHash(Bytes(ApiKeyHash.Length)), Texts(), Texts(), Texts(), Instant(),
        Maybe(Instant()), Maybe(Instant()), Chance(), Chance() ? new QuotaRule(random.Next(1, int.MaxValue), TimeSpan.FromSeconds(random.Next(1, 86_400))) : null);

    private RegisteredClient Client(OrgSlug org) => new(
        ClientId.Of(org, random.NextInt64().ToString("d20", System.Globalization.CultureInfo.InvariantCulture)), Text(), Pick<ClientAuthMethod>(),
        Texts(), Texts(), Instant(), Instant(), Maybe(Instant()))
    {
        Keys = Chance() ? ClientKeySet.Fetched(JwkSet.Write([Pairs[random.Next(Pairs.Length)].PublicJwk(new Kid(Guid()))])) : null,
        KeysUri = Chance() ? Text() : null,
        Algorithm = Chance() ? Pick<JwsAlgorithm>() : null,
        CertificateName = Chance() ? new CertificateName(Pick<CertificateNameKind>(), Text()) : null,
        BoundTokens = Chance(),
    };

    private Receipt Receipt() => new(Convert.ToHexString(Bytes(32)), Text(), Instant(), Text());

    private RingPolicy Policy() => RingPolicy.Default with
    {
        Algorithm = Pick<JwsAlgorithm>(),
        RsaBits = Chance() ? random.Next() : null,
        Interval = new TimeSpan(random.NextInt64(1L << 50)),
        Validity = new TimeSpan(random.NextInt64(1L << 50)),
        Lead = new TimeSpan(random.NextInt64(1L << 50)),
        AllowShortLead = Chance(),
        MaxTokenLifetime = new TimeSpan(random.NextInt64(1L << 50)),
    };

    private AuditDraft Draft() => new(
        Chance() ? Org(random.Next(3)) : null, Pick<AuditAction>(), Pick<AuditResource>(), Text(), Pick<AuditStatus>(),
        Enumerable.Range(0, random.Next(4)).ToDictionary(n => $"detail {n}", _ => Text()));

    private ImmutableArray<string> Texts() => [.. Enumerable.Range(0, random.Next(3)).Select(_ => Text())];

    private DateTimeOffset Instant() => new(random.NextInt64(DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private DateTimeOffset Milliseconds() => DateTimeOffset.FromUnixTimeMilliseconds(Instant().ToUnixTimeMilliseconds());

    private DateTimeOffset? Maybe(DateTimeOffset instant) => Chance() ? instant : null;

    private bool Chance() => random.Next(2) == 0;

    private T Pick<T>() where T : struct, Enum => random.GetItems(Enum.GetValues<T>(), 1)[0];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private Guid Guid() => new(Bytes(16));
}
