using System.Net;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Tokens;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tokens;

/// <summary>Issues access tokens from what this node knows: no store, no lock, no waiting in the steady state.</summary>
/// <param name="heal">Ticks a ring that has no key to sign with, after a long stop for example.</param>
/// <param name="lifetime">What a token lives unless its ring or its key allows less.</param>
public sealed class TokenIssuer(
    RingSnapshots rings,
    ApiKeyAuthenticator authenticator,
    SecurityEvents events,
    ApiKeyLimits limits,
    Func<RingId, Task> heal,
    StoreClock storeClock,
    TimeSpan lifetime,
    TimeProvider clock) : ITokens
{
    /// <inheritdoc/>
    /// <remarks>In the steady state every await here finds its answer ready and none waits.</remarks>
    public async ValueTask<TokenAnswer?> Issue(RingId ring, TokenRequest request)
    {
        var now = clock.Now();
        var clientId = ApiKeyId.TryParse(request.ClientId, out var id) ? id : (ApiKeyId?)null;
        var where = new Presentation(request.Origin, now, clientId);
        var authenticated = await authenticator.Authenticate(request.ClientSecret, where);
        if (authenticated is { } found && WhyNot(found.Key, request) is { } reason)
        {
            events.Record(where.Event(reason, found));
            authenticated = null;
        }

        if (await rings.Find(ring) is not { } snapshot)
            return null;

        // Before anything else is said or done: who is no client neither wakes a ring nor learns that it sleeps.
        if (authenticated is not { } client)
            return new OAuthError(OAuthErrorCode.InvalidClient, "Client authentication failed.");

        var use = await limits.Use(client.Key);
        if (use is { Allowed: false } exhausted)
        {
            events.Record(where.Event(SecurityReason.RateLimited, client));
            return new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "The rate limit of this API key is used up. Try again.") { RateLimit = exhausted.State };
        }

        // Verifiers would refuse what it says about time.
        if (storeClock.IsOff)
            return new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "This node's clock is wrong. Try again.");

        if (snapshot.At(now).Signer is null)
        {
            await heal(ring);
            now = clock.Now();
            snapshot = await rings.Find(ring) ?? snapshot;
        }

        return snapshot.At(now).Signer is { } signer
            ? Answer(snapshot, signer, client, request, where with { At = now }, use?.State)
            : new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "No key can sign at the moment. Try again.");
    }

    private static SecurityReason? WhyNot(ApiKey key, TokenRequest request)
    {
        if (key.Id.ToString() != request.ClientId)
            return SecurityReason.ClientIdMismatch;
        var address = IPAddress.TryParse(request.Origin.Source, out var parsed) ? parsed : null;
        return key.AllowsAddress(address) ? null : SecurityReason.AddressNotAllowed;
    }

    private TokenAnswer Answer(
        RingSnapshot ring, Signer signer, AuthenticatedKey client, TokenRequest request, Presentation where, QuotaState? rateLimit)
    {
        if (!TokenGrant.Decide(client.Key.Scopes, client.Key.Audiences, request.Scope, request.Resources, ring.Issuer)
                .TryGet(out var grant, out var error))
        {
            var reason = error.Code == OAuthErrorCode.InvalidTarget ? SecurityReason.InvalidTarget : SecurityReason.InvalidScope;
            events.Record(where.Event(reason, client));
            return error;
        }

        var wanted = lifetime < ring.MaxTokenLifetime ? lifetime : ring.MaxTokenLifetime;
        if (TokenLifetime.At(where.At, wanted, signer.ExpiresAt) is not { } life)
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
        return new IssuedToken(signer.Sign(claims), life.Seconds, grant.Scope) { RateLimit = rateLimit };
    }
}
