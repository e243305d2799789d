using Tumbler.Contracts.Input;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Core.Tokens;

/// <summary>What a client gets of what it asked for.</summary>
/// <param name="Scope">Space-separated, in the order requested; empty for none.</param>
/// <param name="Audiences">At least one, in the order requested.</param>
public sealed record TokenGrant(string Scope, IReadOnlyList<string> Audiences)
{
    /// <summary>Never more than was granted, and all or nothing: a token with less than was asked for would fail later,
    /// where nobody sees why.</summary>
    /// <param name="requestedScope">Null or empty (RFC 6749 §3.2: the same) for all that was granted.</param>
    /// <param name="requestedResources">Empty for the first audience granted, or the issuer when none was.</param>
    public static TokenGrantAnswer Decide(
        IReadOnlyList<string> grantedScopes,
        IReadOnlyList<string> grantedAudiences,
        string? requestedScope,
        IReadOnlyList<string> requestedResources,
        string issuer)
    {
        var scopes = grantedScopes;
        if (!string.IsNullOrEmpty(requestedScope))
        {
            if (!ScopeList.TryParse(requestedScope, out var requested))
                return new OAuthError(OAuthErrorCode.InvalidScope, "The scope is no list of scope tokens with one space between.");
            if (Array.Find(requested, scope => !grantedScopes.Contains(scope)) is { } refused)
                return new OAuthError(OAuthErrorCode.InvalidScope, $"The client was not granted the scope {refused}.");
            scopes = [.. requested.Distinct()];
        }

        var audiences = requestedResources;
        if (requestedResources.Count == 0)
            audiences = [grantedAudiences.Count > 0 ? grantedAudiences[0] : issuer];
        else if (!requestedResources.All(InputRules.IsAudience))
            return new OAuthError(OAuthErrorCode.InvalidTarget, "A resource is no absolute URI without a fragment.");
        else if (!requestedResources.All(grantedAudiences.Contains))
            return new OAuthError(OAuthErrorCode.InvalidTarget, "The client was not granted a resource that it asked for.");

        return new TokenGrant(string.Join(' ', scopes), [.. audiences.Distinct()]);
    }
}
