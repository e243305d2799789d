using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Tokens;

namespace Tumbler.Api.Tests.Http;

/// <summary>Accepts tokens that say in plain words what a real one would say: <c>acme/read+write</c>.</summary>
internal sealed class ScriptedBearers : IBearerTokens
{
    public const string Audience = "https://issuer.example";
    public const string Owner = "acme/tumbler:owner";
    public const string Operator = "acme/tumbler:operator";
    public const string Auditor = "acme/tumbler:auditor";
    public const string Acme = "acme/read";
    public const string Other = "other/read";

    /// <summary>As that of a client that was suspended is.</summary>
    public const string Refused = "refused";

    public static readonly ApiKeyId Client = ApiKeyId.Parse("99999999-2222-4333-8444-555555555555");

    /// <summary>What was asked last.</summary>
    public (RingId Ring, string Token, string? Audience, RequestOrigin Origin) Last { get; private set; }

    /// <summary>What every token says is its subject.</summary>
    public string Subject { get; set; } = Client.ToString();

    /// <summary>The thumbprint of the certificate that every token is bound to.</summary>
    public string? Bound { get; set; }

    public ValueTask<Bearer?> Authenticate(RingId ring, string token, string? audience, RequestOrigin origin)
    {
        Last = (ring, token, audience, origin);
        if (token.Split('/') is not [var org, var scope])
            return new((Bearer?)null);
        var scopes = scope.Split('+');
        var claims = new AccessTokenClaims(
            Audience, Subject, [Audience], Client.ToString(), string.Join(' ', scopes), org, "jti", FixedClock.Now, FixedClock.Now, FixedClock.Now)
        {
            CertificateThumbprint = Bound,
        };
        return new(new Bearer(claims, OrgSlug.Parse(org), [.. scopes]) { Key = Client });
    }
}
