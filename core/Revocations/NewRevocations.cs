using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Revocations;

/// <summary>What the step from one state to the next withdraws. Every store asks this at every save, and writes the answer in the
/// same commit: nothing is revoked without everybody hearing of it.</summary>
public static class NewRevocations
{
    /// <summary>Whoever stole the key signs with it what he likes, and for as long as he likes. So an entry lives until no verifier
    /// that fetches keys at all can have it from before: caches hold a key set for half a day.</summary>
    public static IReadOnlyList<Revocation> Between(KeyRing? old, KeyRing next) =>
    [
        .. next.Keys
            .Where(key => key.RevokedAt is not null && old?.Find(key.Kid)?.RevokedAt is null)
            .Select(key => new Revocation(
                new RevocationSubject(RevocationKind.Key, key.Kid.ToString(), next.Id),
                Revocation.After(key.RevokedAt > key.ExpiresAt ? key.RevokedAt.Value : key.ExpiresAt, Revocation.LongestRest))),
    ];

    /// <summary>An organisation that is closed stands for all its clients. One that is active again frees them, but not those that
    /// were revoked themselves. A key that a rotation lets overlap, and one that expires, ends as it was announced: its last tokens
    /// end by themselves.</summary>
    public static IReadOnlyList<Revocation> Between(Organization? old, Organization next)
    {
        var revocations = new List<Revocation>();
        if (next.IsClosed != (old?.IsClosed ?? false))
        {
            var subject = new RevocationSubject(RevocationKind.Organization, next.Slug.Value, null);
            revocations.Add(new Revocation(subject, Revocation.After(next.UpdatedAt, Revocation.LongestRest), Lifted: !next.IsClosed));
        }

        if (next.Deleted)
            return revocations;
        if (!ReferenceEquals(old?.ApiKeys, next.ApiKeys))
        {
            revocations.AddRange(next.ApiKeys.Values
                .Where(key => key.Revoked && old?.ApiKeys.GetValueOrDefault(key.Id) is not { Revoked: true })
                .Select(key => Client(key.Id.ToString(), key.RevokedAt ?? next.UpdatedAt)));
        }

        // A registered client leaves nothing behind, so when it went is what its organisation says.
        if (old is not null && !ReferenceEquals(old.Clients, next.Clients))
            revocations.AddRange(old.Clients.Keys.Where(id => !next.Clients.ContainsKey(id)).Select(id => Client(id.ToString(), next.UpdatedAt)));
        return revocations;
    }

    private static Revocation Client(string id, DateTimeOffset at) => new(
        new RevocationSubject(RevocationKind.Client, id, null), Revocation.After(at, Revocation.LongestRest));

    public static IReadOnlyList<Revocation> Between(TokenRevocations? old, TokenRevocations next) =>
        next.Newest is { } token && next.Count > (old?.Count ?? 0)
            ?
            [
                new Revocation(
                    new RevocationSubject(RevocationKind.Token, token.TokenId, next.Ring),
                    Revocation.After(token.ExpiresAt, TokenLifetime.VerifierSkew)),
            ]
            : [];
}
