using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Core.Tokens;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tokens;

/// <summary>Issues access tokens from what this node knows: no store, no lock, no waiting in the steady state. Only an assertion is
/// looked up in the store, for it may be used once.</summary>
/// <param name="heal">Ticks a ring that has no key to sign with, after a long stop for example.</param>
/// <param name="lifetime">What a token lives unless its ring or its key allows less.</param>
public sealed class TokenIssuer(
    RingSnapshots rings,
    ClientCheck clients,
    SecurityEvents events,
    ApiKeyLimits limits,
    Func<RingId, Task> heal,
    StoreClock storeClock,
    TimeSpan lifetime,
    TimeProvider clock) : ITokens
{
    private long issued;

    /// <summary>Since the start.</summary>
    public long Issued => Interlocked.Read(ref issued);

    /// <inheritdoc/>
    /// <remarks>In the steady state of a client with an API key every await here finds its answer ready and none waits.</remarks>
    public async ValueTask<TokenAnswer?> Issue(RingId ring, TokenRequest request)
    {
        var now = clock.Now();
        var authenticated = await clients.Authenticate(ring, request, now);

        if (await rings.Find(ring) is not { } snapshot)
            return null;

        // Before anything else is said or done: who is no client neither wakes a ring nor learns that it sleeps.
        if (authenticated is not { } client)
            return new OAuthError(OAuthErrorCode.InvalidClient, "Client authentication failed.");

        var use = client.ApiKey is { } key ? await limits.Use(key) : null;
        if (use is { Allowed: false } exhausted)
        {
            events.Record(client.Event(SecurityReason.RateLimited, request.Origin, now));
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
            ? Answer(snapshot, signer, client, request, now, use?.State)
            : new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "No key can sign at the moment. Try again.");
    }

    private TokenAnswer Answer(
        RingSnapshot ring, Signer signer, in AuthenticatedClient client, in TokenRequest request, DateTimeOffset now, QuotaState? rateLimit)
    {
        if (!TokenGrant.Decide(client.Scopes, client.Audiences, request.Scope, request.Resources, ring.Issuer)
                .TryGet(out var grant, out var error))
        {
            var reason = error.Code == OAuthErrorCode.InvalidTarget ? SecurityReason.InvalidTarget : SecurityReason.InvalidScope;
            events.Record(client.Event(reason, request.Origin, now));
            return error;
        }

        var wanted = lifetime < ring.MaxTokenLifetime ? lifetime : ring.MaxTokenLifetime;
        if (TokenLifetime.At(now, wanted, signer.ExpiresAt) is not { } life)
            return new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "No key can sign at the moment. Try again.");

        // An API key's id is in the request as it must be, already as text.
        var clientId = client.Registered?.ToString() ?? request.ClientId;
        var claims = new AccessTokenClaims(
            ring.Issuer,
            Subject: clientId,
            grant.Audiences,
            clientId,
            grant.Scope,
            client.Org.Value,
            TokenId: Chance.Uuid().ToString(),
            IssuedAt: life.IssuedAt,
            NotBefore: life.IssuedAt,
            life.ExpiresAt)
        {
            CertificateThumbprint = client.CertificateThumbprint,
        };
        var token = signer.Sign(claims);
        Interlocked.Increment(ref issued);
        return new IssuedToken(token, life.Seconds, grant.Scope) { RateLimit = rateLimit };
    }
}
