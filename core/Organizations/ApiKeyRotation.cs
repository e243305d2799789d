using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Limits;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Organizations;

/// <summary>One new API key in the place of an organisation's live ones. It may do what they were allowed to do, never
/// more: see <see cref="By"/> and <see cref="Of"/>.</summary>
/// <param name="Replaced">The old keys as they are afterwards.</param>
/// <param name="EffectiveAt">From when on none of the replaced keys is accepted.</param>
public sealed record ApiKeyRotation(ApiKey Key, IReadOnlyList<ApiKey> Replaced, DateTimeOffset EffectiveAt)
{
    /// <summary>Asked for with one of the keys: the new one is like it and ends when it would have ended. Otherwise the
    /// thief of the least of an organisation's keys could turn it into one with the rights of all, and for good.</summary>
    /// <param name="live">At least one.</param>
    internal static ApiKeyRotation By(
        ApiKey caller, ImmutableArray<ApiKey> live, ApiKeyId id, ApiKeyHash hash, DateTimeOffset now, TimeSpan overlap) =>
        Replacing(live, caller with { Id = id, Hash = hash, CreatedAt = now, RevokedAt = null }, now, overlap);

    /// <summary>Asked for by an administrator: named and lasting like the newest. Scopes and audiences are the union over the replaced keys, the newest key's first. Addresses too, but a
    /// key that may be used from anywhere does not free the others of their limits: the union is over the limited ones, and of rate
    /// limits the widest stays.
    /// Keys that an earlier rotation already retires hand nothing on while there are others: rights taken from their
    /// successor would come back.</summary>
    /// <param name="live">Newest first, at least one.</param>
    internal static ApiKeyRotation Of(
        ImmutableArray<ApiKey> live, ApiKeyId id, ApiKeyHash hash, DateTimeOffset now, TimeSpan overlap)
    {
        var active = live.Where(key => key.StateAt(now) == ApiKeyState.Active).ToArray();
        var sources = active.Length > 0 ? active : [.. live];
        var newest = sources[0];
        var key = new ApiKey(
            id,
            newest.Name,
            hash,
            Union(sources, old => old.Scopes),
            Union(sources, old => old.Audiences),
            Union(sources, old => old.AllowedAddresses),
            CreatedAt: now,
            ExpiresAt: Later(now, newest.ExpiresAt - newest.CreatedAt),
            RateLimit: sources.Select(old => old.RateLimit).OfType<QuotaRule>().MaxBy(rule => rule.Limit / rule.Window.TotalSeconds));
        return Replacing(live, key, now, overlap);
    }

    /// <summary>The one answer that shows the key itself.</summary>
    public RotatedApiKeys Issued(ApiKeyText text) => new(
        Key.Id,
        text.Reveal(),
        [.. Replaced.Select(key => new ReplacedApiKey(key.Id, key.Hash.Fingerprint))],
        EffectiveAt);

    private static ApiKeyRotation Replacing(ImmutableArray<ApiKey> live, ApiKey key, DateTimeOffset now, TimeSpan overlap)
    {
        var effectiveAt = now + overlap;
        return new ApiKeyRotation(
            key,
            [.. live.Select(old => overlap > TimeSpan.Zero ? old.RevokedFrom(effectiveAt) : old.RevokedNow(now))],
            effectiveAt);
    }

    // A key may have been given the end of time itself.
    private static DateTimeOffset? Later(DateTimeOffset now, TimeSpan? lifetime) =>
        lifetime > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + lifetime;

    private static ImmutableArray<string> Union(ApiKey[] keys, Func<ApiKey, ImmutableArray<string>> rights) =>
        [.. keys.SelectMany(key => rights(key)).Distinct(StringComparer.Ordinal)];
}
