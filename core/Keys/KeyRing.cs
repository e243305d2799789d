using System.Collections.Immutable;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Idempotency;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Keys;

/// <summary>The signing keys of one issuer. What it does at an instant is a pure function of itself and the instant:
/// every node that holds the same ring switches keys at the same moment without being told.</summary>
public sealed record KeyRing : IAggregate<KeyRing>
{
    public required RingId Id { get; init; }

    public required RingPolicy Policy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By ordinal. Ended keys stay for a while, as metadata.</summary>
    public ImmutableArray<SigningKey> Keys { get; init; } = [];

    public long LastOrdinal { get; init; }

    /// <summary>How many keys that once signed have left <see cref="Keys"/>.</summary>
    public long ForgottenSigners { get; init; }

    /// <summary>As it was when the ring was saved.</summary>
    public QuietTime Quiet { get; init; }

    public string Chain => ChainOf(Id);

    public AuditHead AuditHead { get; init; } = AuditHead.Empty;

    public ImmutableArray<Receipt> Receipts { get; init; } = [];

    public static string ChainOf(RingId id) => $"ring:{id}";

    public KeyRing With(AuditHead head, ImmutableArray<Receipt> receipts) => this with { AuditHead = head, Receipts = receipts };

    /// <summary>The key that signs: of those whose time has come the one that came last. Null only before the first
    /// tick and after everything ended unattended; the next tick heals both.</summary>
    public SigningKey? SignerAt(DateTimeOffset now) => Keys
        .Where(key => key.CanSignAt(now))
        .MaxBy(key => key.Turn);

    /// <summary>The keys that will sign after <paramref name="now"/>, in their order.</summary>
    public IEnumerable<SigningKey> UpcomingAt(DateTimeOffset now) => Keys
        .Where(key => key.MaySign && key.SignsFrom > now)
        .OrderBy(key => key.Turn);

    /// <summary>What the JWKS holds and verifiers accept: the signing key first, then the others, newest first. Never
    /// empty after the first tick: when everything has expired the youngest key stays, which verifies nothing that
    /// has not expired itself.</summary>
    public ImmutableArray<SigningKey> PublishedAt(DateTimeOffset now)
    {
        var signer = SignerAt(now);
        var published = Keys.Where(key => key.IsPublishedAt(now))
            .OrderByDescending(key => (key == signer, key.Turn))
            .ToImmutableArray();
        return !published.IsEmpty ? published : [.. Keys.Where(key => key.RevokedAt is null).TakeLast(1)];
    }

    /// <summary>The first instant after <paramref name="now"/> at which <see cref="SignerAt"/> or
    /// <see cref="PublishedAt"/> answers differently.</summary>
    public DateTimeOffset NextChangeAfter(DateTimeOffset now) => Keys
        .SelectMany(key => (DateTimeOffset[])[key.ShownFrom, key.SignsFrom, key.LastSignatureAt.AddTicks(1), key.ExpiresAt])
        .Where(instant => instant > now)
        .DefaultIfEmpty(DateTimeOffset.MaxValue)
        .Min();

    /// <summary>How many times signing has passed from one key to another.</summary>
    public long RotationsBy(DateTimeOffset now) =>
        Math.Max(0, ForgottenSigners + Keys.Count(key => key.HasSignedBy(now)) - 1);

    public SigningKey? Find(Kid kid) => Keys.FirstOrDefault(key => key.Kid == kid);

    /// <summary>Adds the made key under the next ordinal.</summary>
    public KeyRing Add(KeyPlan plan, KeyMaterial material, DateTimeOffset now) =>
        Add(plan, material.PublicKey, material.PrivateKey, now).Aligned();

    /// <summary>Adds a key that never signs here: it has no private half.</summary>
    internal KeyRing AddVerifying(KeyPlan plan, Jwk publicKey, DateTimeOffset now) => Add(plan, publicKey, null, now);

    internal KeyRing Replace(SigningKey key) =>
        this with { Keys = Keys.Replace(Keys.Single(old => old.Kid == key.Kid), key) };

    private KeyRing Add(KeyPlan plan, Jwk publicKey, ProtectedKey? privateKey, DateTimeOffset now)
    {
        var key = new SigningKey
        {
            Kid = publicKey.Kid,
            Ordinal = LastOrdinal + 1,
            PublicKey = publicKey,
            PrivateKey = privateKey,
            Origin = plan.Origin,
            CreatedAt = now,
            PublishedAt = plan.PublishedAt,
            SignsFrom = plan.SignsFrom,
            SignsUntil = plan.SignsUntil,
            ExpiresAt = plan.ExpiresAt,
            PrivateKeyDestroyedAt = privateKey is null ? now : null,
        };
        return this with { Keys = Keys.Add(key), LastOrdinal = key.Ordinal };
    }

    /// <summary>Ends each key's signing where its successor's begins, if the key lasts that long.</summary>
    internal KeyRing Aligned()
    {
        var chain = Keys.Where(key => key.MaySign).OrderBy(key => key.Turn).ToArray();
        return chain.Zip(chain.Skip(1))
            .Where(link => link.Second.SignsFrom <= link.First.LastSignatureAt)
            .Aggregate(this, (ring, link) => ring.Replace(link.First with { SignsUntil = link.Second.SignsFrom }));
    }
}
