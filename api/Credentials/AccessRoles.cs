using Tumbler.Core.Administrators;

namespace Tumbler.Api.Credentials;

/// <summary>What a route's access means for administrators.</summary>
internal static class AccessRoles
{
    public static AdminRoles Allowed(this Access access) => access switch
    {
        Access.AdminRead or Access.AdminReadOrOwnOrg => AdminRoles.Auditor | AdminRoles.Operator | AdminRoles.Owner,
        Access.Admin or Access.AdminInBrowser or Access.AdminOrOwnKey or Access.Client => AdminRoles.Operator | AdminRoles.Owner,
        Access.Audit => AdminRoles.Auditor | AdminRoles.Owner,
        Access.Owner => AdminRoles.Owner,
        _ => AdminRoles.None,
    };

    /// <summary>The scope with the least rights that is enough.</summary>
    public static string Scope(this Access access) => access.Allowed() switch
    {
        var roles when roles.HasFlag(AdminRoles.Auditor) => AdminScopes.Auditor,
        var roles when roles.HasFlag(AdminRoles.Operator) => AdminScopes.Operator,
        _ => AdminScopes.Owner,
    };
}
