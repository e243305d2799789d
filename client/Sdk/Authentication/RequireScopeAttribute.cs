using Microsoft.AspNetCore.Authorization;

namespace Tumbler.Client;

/// <summary>Lets in only callers that have all these scopes. 403 <c>insufficient_scope</c> for the others.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireScopeAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>All of them are needed.</summary>
    public RequireScopeAttribute(params string[] scopes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scopes?.Length ?? 0, nameof(scopes));
        (Scopes, AuthenticationSchemes) = (scopes!, TumblerDefaults.AuthenticationScheme);
    }

    /// <summary>The scopes, all of which are needed.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new Authentication.ScopeRequirement(Scopes)];
}
