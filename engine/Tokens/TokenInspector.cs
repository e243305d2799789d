using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Core.Tokens;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Tokens;

/// <summary>Answers clients that have somebody's token. Before anything is said about it they say who they are.</summary>
public sealed class TokenInspector(
    RingSnapshots rings, TokenVerifier verifier, ClientCheck clients, ITokenRevocations revocations, SecurityEvents events, TimeProvider clock)
    : ITokenInspection
{
    private static readonly OAuthError NoClient = new(OAuthErrorCode.InvalidClient, "Client authentication failed.");

    public async ValueTask<TokenStatusAnswer?> Introspect(RingId ring, TokenQuestion question)
    {
        var (admitted, client) = await Admit(ring, question);
        if (!admitted)
            return NoClient;
        if (await rings.Find(ring) is null)
            return null;
        return (await verifier.Verify(ring, question.Token)).TryGet(out var token, out _) && MaySee(client, token.Claims)
            ? Status(token.Claims)
            : TokenStatusAnswer.Inactive;
    }

    public async Task<TokenRevocationAnswer?> Revoke(RingId ring, TokenQuestion question, CallContext call)
    {
        var (admitted, client) = await Admit(ring, question);
        if (!admitted)
            return new(NoClient);
        if (await rings.Find(ring) is null)
            return null;
        if (!(await verifier.Verify(ring, question.Token)).TryGet(out var token, out _))
            return new(null);

        var claims = token.Claims;
        if (client is { } known && claims.ClientId != known.Id)
        {
            events.Record(known.Event(SecurityReason.Forbidden, question.Origin, clock.Now()));
            return new(new OAuthError(OAuthErrorCode.UnauthorizedClient, "The token was issued to another client."));
        }

        if (client is { } by)
            call = call with { Actor = by.Actor };
        var org = OrgSlug.TryParse(claims.Organization, out var slug) ? slug : (OrgSlug?)null;
        var revoked = await revocations.Revoke(ring, new RevokedToken(claims.TokenId, claims.ClientId, org, claims.ExpiresAt), call);
        return revoked.Succeeded
            ? new(null, revoked.Spread)
            : new(new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "It is not known whether the token is revoked. Try again."));
    }

    /// <summary>Its own tokens, and those for an audience that it was granted: a service asks about what it is sent.</summary>
    private static bool MaySee(AuthenticatedClient? client, AccessTokenClaims claims) =>
        client is not { } known || claims.ClientId == known.Id || claims.Audiences.Any(audience => known.Audiences.Contains(audience));

    private static TokenStatus Status(AccessTokenClaims claims) => new(
        claims.Scope,
        claims.ClientId,
        claims.Subject,
        claims.Audiences,
        claims.Issuer,
        claims.ExpiresAt,
        claims.IssuedAt,
        claims.NotBefore,
        claims.TokenId,
        claims.Organization)
    {
        CertificateThumbprint = claims.CertificateThumbprint,
    };

    /// <returns>An administrator is admitted and no client.</returns>
    private async ValueTask<(bool Admitted, AuthenticatedClient? Client)> Admit(RingId ring, TokenQuestion question)
    {
        if (question.Client is not { } request)
            return (true, null);
        var client = await clients.Authenticate(ring, request, clock.Now());
        return (client is not null, client);
    }
}
