using System.Collections.Immutable;
using System.Net;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Limits;

namespace Tumbler.Core.ApiKeys;

/// <summary>An API key as an organisation keeps it. The lists compare by what they hold (see <see cref="Equals(ApiKey?)"/>).</summary>
/// <param name="Audiences">The first one is the default.</param>
/// <param name="AllowedAddresses">Empty for anywhere.</param>
/// <param name="RevokedAt">From when on it is refused; in the future after a rotation with overlap.</param>
/// <param name="Revoked">It was refused from the moment of the decision on, so it stays refused for whoever's clock is
/// behind that moment or is set back.</param>
/// <param name="RateLimit">How often it may be used; null for any number of times.</param>
public sealed record ApiKey(
    ApiKeyId Id,
    string Name,
    ApiKeyHash Hash,
    ImmutableArray<string> Scopes,
    ImmutableArray<string> Audiences,
    ImmutableArray<string> AllowedAddresses,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? RevokedAt = null,
    bool Revoked = false,
    QuotaRule? RateLimit = null)
{
    /// <summary>What ended it first is what it stays.</summary>
    public ApiKeyState StateAt(DateTimeOffset now)
    {
        if (Revoked || (RevokedAt <= now && !(ExpiresAt < RevokedAt)))
            return ApiKeyState.Revoked;
        if (ExpiresAt <= now)
            return ApiKeyState.Expired;
        return RevokedAt is null ? ApiKeyState.Active : ApiKeyState.Retiring;
    }

    /// <summary>Only half of the answer: see <c>Organization.Accepts</c>.</summary>
    public bool AcceptedAt(DateTimeOffset now) => StateAt(now) is ApiKeyState.Active or ApiKeyState.Retiring;

    /// <summary>An unknown address is allowed only where every address is.</summary>
    public bool AllowsAddress(IPAddress? address)
    {
        if (AllowedAddresses.IsEmpty)
            return true;
        if (address is null)
            return false;
        var presented = AddressBlock.Normalise(address);
        return AllowedAddresses.Any(block => AddressBlock.Contains(block, presented));
    }

    /// <summary>Refused from <paramref name="instant"/> on. Never later than before: a revocation is not taken back.</summary>
    public ApiKey RevokedFrom(DateTimeOffset instant) =>
        RevokedAt <= instant ? this : this with { RevokedAt = instant };

    /// <summary>Refused at once and for good.</summary>
    public ApiKey RevokedNow(DateTimeOffset now) => RevokedFrom(now) with { Revoked = true };

    public ApiKeyView View(DateTimeOffset now, DateTimeOffset? lastUsedAt) => new(
        Id, Name, Hash.Fingerprint, StateAt(now), Scopes, Audiences, AllowedAddresses, CreatedAt, ExpiresAt, RevokedAt,
        lastUsedAt, RateLimitRules.Show(RateLimit));

    /// <summary>The one answer that shows the key itself.</summary>
    public IssuedApiKey Issued(ApiKeyText text) => new(
        Id, text.Reveal(), Name, Hash.Fingerprint, Scopes, Audiences, AllowedAddresses, CreatedAt, ExpiresAt, RateLimitRules.Show(RateLimit));

    // Written out, because a record would compare the arrays by reference, and two equal keys would differ.
    public bool Equals(ApiKey? other) =>
        other is not null
        && (Id, Name, Hash, CreatedAt, ExpiresAt, RevokedAt, Revoked, RateLimit)
            == (other.Id, other.Name, other.Hash, other.CreatedAt, other.ExpiresAt, other.RevokedAt, other.Revoked, other.RateLimit)
        && Scopes.SequenceEqual(other.Scopes)
        && Audiences.SequenceEqual(other.Audiences)
        && AllowedAddresses.SequenceEqual(other.AllowedAddresses);

    public override int GetHashCode() => Id.GetHashCode();
}
