using Microsoft.AspNetCore.Http;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Keys;

namespace Tumbler.Api.ForwardAuth;

/// <summary>What a gateway asks for, in the query of its own address.</summary>
/// <param name="Scopes">All of them are needed.</param>
/// <param name="ScopeText">The same, with a space between.</param>
/// <param name="Audience">Null where any will do.</param>
/// <param name="Org">Null where any will do.</param>
internal sealed record Requirement(RingId Ring, IReadOnlyList<string> Scopes, string ScopeText, string? Audience, OrgSlug? Org)
{
    private static readonly string[] Parameters = ["scope", "audience", "org", "ring", "iss"];

    public static Result<Requirement> Read(IQueryCollection query, RingId ring, Issuers issuers)
    {
        var check = new InputCheck();
        check.CheckParameters(query, Parameters);
        var scopeText = Text(query, "scope");
        var scopes = scopeText?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        check.Scopes("scope", scopes);
        if (scopeText is not null && scopes.Length == 0)
            check.Add("scope", "required", "scope names nothing; leave it out, or name what is needed.");
        var audience = Text(query, "audience");
        if (audience is not null)
            check.Audience("audience", audience);
        OrgSlug org = default;
        if (Text(query, "org") is { } slug && !OrgSlug.TryParse(slug, out org))
            check.Slug("org", slug);

        if (Text(query, "ring") is { } name && !RingId.TryParse(name, out ring))
            check.Add("ring", "ring_id", "ring must be 1 to 50 characters of a-z, 0-9, _ and -, beginning with a letter or digit.");
        if (Text(query, "iss") is { } issuer)
        {
            if (query.ContainsKey("ring"))
                check.Add("iss", "one_of", "ring and iss say the same; give one of them.");
            else if (!issuers.TryRing(issuer, out ring))
                check.Add("iss", "issuer", "iss must be the issuer of a ring of this server.");
        }

        return check.Failed
            ? check.Refusal
            : new Requirement(ring, scopes, string.Join(' ', scopes), audience, query.ContainsKey("org") ? org : null);
    }

    private static string? Text(IQueryCollection query, string name) => query[name] is [{ } value] ? value : null;
}
