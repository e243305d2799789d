using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Tokens;

/// <summary>Verifies a token, and asks whether its client may still do anything: a token says what was true when it was issued.</summary>
public sealed class BearerTokens(
    TokenVerifier verifier, OrganizationSnapshots organizations, SecurityEvents events, TimeProvider clock) : IBearerTokens
{
    /// <inheritdoc/>
    /// <remarks>In the steady state both awaits find their answers ready.</remarks>
    public async ValueTask<Bearer?> Authenticate(RingId ring, string token, string? audience, RequestOrigin origin)
    {
        var refused = new SecurityEvent(SecurityReason.InvalidToken, origin, clock.Now());
        if (!(await verifier.Verify(ring, token, audience)).TryGet(out var verified, out var fault))
            return Refuse(refused with { Reason = ReasonOf(fault.Value) });

        // Signed by us: what it says about its client was true once.
        var claims = verified.Claims;
        if (!OrgSlug.TryParse(claims.Organization, out var org))
            return Refuse(refused);
        refused = refused with { Org = org };
        var organization = await organizations.Find(org);
        return ApiKeyId.TryParse(claims.ClientId, out var id) ? OfKey(organization, id, claims, refused with { Key = id })
            : ClientId.TryParse(claims.ClientId, out var client) ? OfClient(organization, client, claims, refused with { Client = client })
            : Refuse(refused);
    }

    private Bearer? OfKey(OrganizationSnapshot? organization, ApiKeyId id, AccessTokenClaims claims, SecurityEvent refused)
    {
        if (organization?.Key(id) is not { } key)
            return Refuse(refused with { Reason = SecurityReason.UnknownKey });
        return organization.WhyNot(key, refused.At) is { } reason
            ? Refuse(refused with { Reason = reason })
            : new Bearer(claims, refused.Org!.Value, key.Scopes) { Key = id };
    }

    private Bearer? OfClient(OrganizationSnapshot? organization, ClientId id, AccessTokenClaims claims, SecurityEvent refused)
    {
        if (organization?.Client(id) is not { } client)
            return Refuse(refused with { Reason = SecurityReason.UnknownClient });
        return organization.WhyNot(client, refused.At) is { } reason
            ? Refuse(refused with { Reason = reason })
            : new Bearer(claims, refused.Org!.Value, client.Scopes) { Client = id };
    }

    private Bearer? Refuse(SecurityEvent refused)
    {
        events.Record(refused);
        return null;
    }

    private static SecurityReason ReasonOf(TokenFault fault) => fault switch
    {
        TokenFault.Expired => SecurityReason.ExpiredToken,
        TokenFault.Revoked => SecurityReason.RevokedToken,
        TokenFault.WrongAudience => SecurityReason.WrongAudience,
        _ => SecurityReason.InvalidToken,
    };
}
