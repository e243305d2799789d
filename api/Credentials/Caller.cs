using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Administrators;
using Tumbler.Engine.Tokens;

namespace Tumbler.Api.Credentials;

/// <summary>Who sent an authenticated request.</summary>
/// <param name="Roles">Of an administrator.</param>
/// <param name="Org">The organisation whose key or token it was; null for the admin key.</param>
/// <param name="Key">The API key that was presented, or that the token was issued to.</param>
/// <param name="Client">The registered client that the token was issued to.</param>
/// <param name="ByToken">It was a token.</param>
internal sealed record Caller(
    Actor Actor, AdminRoles Roles = AdminRoles.None, OrgSlug? Org = null, ApiKeyId? Key = null, ClientId? Client = null, bool ByToken = false)
{
    /// <summary>Whoever has the admin key.</summary>
    public static Caller Bootstrap { get; } = new(Actor.Administrator, AdminRoles.Owner);

    public static Caller Anonymous { get; } = new(Actor.Anonymous);

    public bool IsOwner => Roles.HasFlag(AdminRoles.Owner);

    public static Caller Of(OrgSlug org, ApiKeyId key) => new(new Actor(ActorType.ApiKey, key.ToString()), Org: org, Key: key);

    public static Caller Of(Bearer bearer)
    {
        var roles = AdminScopes.RolesOf(bearer.Has);
        var type = roles != AdminRoles.None ? ActorType.Administrator : bearer.Client is null ? ActorType.ApiKey : ActorType.Client;
        return new(new Actor(type, bearer.ClientId), roles, bearer.Org, bearer.Key, bearer.Client, ByToken: true);
    }

    /// <param name="org">The organisation in the route.</param>
    public bool May(Access access, string? org) =>
        access == Access.Anyone
        || (Roles & access.Allowed()) != 0
        || (Org is { } own && own.Value == org && access switch
        {
            Access.AdminReadOrOwnOrg => true,
            Access.AdminOrOwnKey => !ByToken,
            _ => false,
        });
}
