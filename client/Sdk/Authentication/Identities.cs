using System.Security.Claims;
using System.Text.Json;
using Tumbler.Client.ApiKeys;

namespace Tumbler.Client.Authentication;

/// <summary>Whoever was let in, as ASP.NET Core shows it: <c>sub</c> is the name, one claim <c>scope</c> for each scope. The authentication type says
/// by what: <c>jwt</c>, <c>api_key</c> or <c>mtls</c>.</summary>
internal static class Identities
{
    private const string Subject = "sub";
    private const string Scope = "scope";

    public static ClaimsIdentity Of(VerifiedToken token, string roleClaim)
    {
        var identity = New("jwt", roleClaim);
        using var claims = token.ReadClaims();
        foreach (var claim in claims.RootElement.EnumerateObject())
        {
            // ASP.NET Core compares the types of claims without regard to case, and an issuer's own Roles must not become roles.
            if (claim.Name is not (Scope or "scp") && !Array.Exists([Subject, Scope, roleClaim], ours => IsOtherSpelling(claim.Name, ours)))
                Add(identity, claim.Name, claim.Value);
        }

        AddScopes(identity, token.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return identity;
    }

    public static ClaimsIdentity Of(ApiKeyVerdict key, string roleClaim)
    {
        var identity = New("api_key", roleClaim);
        identity.AddClaim(new Claim(Subject, key.Subject));
        if (key.Organization is { } org)
            identity.AddClaim(new Claim("org", org));
        AddScopes(identity, key.Scopes ?? []);
        return identity;
    }

    public static ClaimsIdentity Of(string subject, string roleClaim)
    {
        var identity = New("mtls", roleClaim);
        identity.AddClaim(new Claim(Subject, subject));
        return identity;
    }

    private static bool IsOtherSpelling(string name, string ours) => name != ours && name.Equals(ours, StringComparison.OrdinalIgnoreCase);

    private static ClaimsIdentity New(string type, string roleClaim) => new(type, Subject, roleClaim);

    private static void AddScopes(ClaimsIdentity identity, IEnumerable<string> scopes)
    {
        foreach (var scope in scopes)
            identity.AddClaim(new Claim(Scope, scope));
    }

    private static void Add(ClaimsIdentity identity, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var each in value.EnumerateArray())
                    Add(identity, name, each);
                break;
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String when Tokens.StrictJson.AsText(value) is { } text:
                identity.AddClaim(new Claim(name, text));
                break;
            case JsonValueKind.String:
                break;
            default:
                identity.AddClaim(new Claim(name, value.GetRawText(), value.ValueKind is JsonValueKind.Number ? ClaimValueTypes.Double : "JSON"));
                break;
        }
    }
}
