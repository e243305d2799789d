using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Keys;

/// <summary>A key that ought to exist: its instants are decided, its material is not made yet.</summary>
public sealed record KeyPlan(
    KeyOrigin Origin,
    JwsAlgorithm Algorithm,
    int? RsaBits,
    DateTimeOffset PublishedAt,
    DateTimeOffset SignsFrom,
    DateTimeOffset SignsUntil,
    DateTimeOffset ExpiresAt)
{
    /// <summary>A key that signs from <paramref name="signsFrom"/> under <paramref name="policy"/>.</summary>
    public static KeyPlan For(RingPolicy policy, KeyOrigin origin, DateTimeOffset publishedAt, DateTimeOffset signsFrom) => new(
        origin, policy.Algorithm, policy.RsaBits, publishedAt, signsFrom, signsFrom + policy.Interval, signsFrom + policy.Validity);

    /// <summary>The last instant at which a token of the shortest lifetime still ends before the key does.</summary>
    public DateTimeOffset LastSignatureAt => TokenLifetime.LastSignatureAt(ExpiresAt);
}
