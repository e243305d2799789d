using System.Net;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Tokens;

/// <summary>Issues access tokens from what this node knows: no store, no lock, no waiting in the steady state.</summary>
/// <param name="heal">Ticks a ring that has no key to sign with, after a long stop for example.</param>
/// <param name="lifetime">What a token lives unless its ring or its key allows less.</param>
public sealed class TokenIssuer(
    RingSnapshots rings,
    ApiKeyAuthenticator authenticator,
    Func<RingId, Task> heal,
    TimeSpan lifetime,
    TimeProvider clock) : ITokens
{
    /// <inheritdoc/>
    /// <remarks>In the steady state every await here finds its answer ready and none waits.</remarks>
    public async ValueTask<TokenAnswer?> Issue(RingId ring, TokenRequest request)
    {
        var now = clock.Now();
        var authenticated = await authenticator.Authenticate(request.ClientSecret, now);
        if (await rings.Find(ring) is not { } snapshot)
            return null;

        // Before anything else is said or done: who is no client neither wakes a ring nor learns that it sleeps.
        if (authenticated is not { } client || !MayAsk(client.Key, request))
            return new OAuthError(OAuthErrorCode.InvalidClient, "Client authentication failed.");

        if (snapshot.At(now).Signer is null)
        {
            await heal(ring);
            now = clock.Now();
            snapshot = await rings.Find(ring) ?? snapshot;
        }

        return snapshot.At(now).Signer is { } signer
            ? Answer(snapshot, signer, client, request, now)
            : new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "No key can sign at the moment. Try again.");
    }

    private static bool MayAsk(ApiKey key, TokenRequest request) =>
        key.Id.ToString() == request.ClientId
        && key.AllowsAddress(IPAddress.TryParse(request.Address, out var address) ? address : null);

    private TokenAnswer Answer(
        RingSnapshot ring, Signer signer, AuthenticatedKey client, TokenRequest request, DateTimeOffset now)
    {
        if (!TokenGrant.Decide(client.Key.Scopes, client.Key.Audiences, request.Scope, request.Resources, ring.Issuer)
                .TryGet(out var grant, out var error))
        {
            return error;
        }

        var wanted = lifetime < ring.MaxTokenLifetime ? lifetime : ring.MaxTokenLifetime;
        if (TokenLifetime.At(now, wanted, signer.ExpiresAt) is not { } life)
            return new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "No key can sign at the moment. Try again.");

        var claims = new AccessTokenClaims(
            ring.Issuer,
            Subject: request.ClientId,
            grant.Audiences,
            request.ClientId,
            grant.Scope,
            client.Org.Value,
            TokenId: Chance.Uuid().ToString(),
            IssuedAt: life.IssuedAt,
            NotBefore: life.IssuedAt,
            life.ExpiresAt);
        return new IssuedToken(signer.Sign(claims), life.Seconds, grant.Scope);
    }
}
