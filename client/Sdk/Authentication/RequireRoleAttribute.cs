using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace Tumbler.Client;

/// <summary>Lets in only callers that have one of these roles (<see cref="TumblerOptions.RoleClaim"/>). 403 for the others.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireRoleAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>One of them is enough.</summary>
    public RequireRoleAttribute(params string[] oneOf)
    {
        ArgumentOutOfRangeException.ThrowIfZero(oneOf?.Length ?? 0, nameof(oneOf));
        (OneOf, AuthenticationSchemes) = (oneOf!, TumblerDefaults.AuthenticationScheme);
    }

    /// <summary>The roles, one of which is enough.</summary>
    public IReadOnlyList<string> OneOf { get; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new RolesAuthorizationRequirement(OneOf)];
}
