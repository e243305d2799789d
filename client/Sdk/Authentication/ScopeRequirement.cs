using Microsoft.AspNetCore.Authorization;

namespace Tumbler.Client.Authentication;

/// <param name="Scopes">All of them.</param>
internal sealed record ScopeRequirement(IReadOnlyList<string> Scopes) : IAuthorizationRequirement
{
    /// <summary>As a challenge names them: none of their characters needs escaping (RFC 6749 §3.3).</summary>
    public string Text { get; } = string.Join(' ', Scopes);
}
