using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Api.Credentials;

/// <summary>Who sent an authenticated request.</summary>
/// <param name="Org">The organisation whose key it was; null for administrators.</param>
internal sealed record Caller(Actor Actor, OrgSlug? Org)
{
    public static Caller Administrator { get; } = new(Actor.Administrator, null);

    public static Caller Anonymous { get; } = new(Actor.Anonymous, null);

    public bool May(Access access, string? org) => access switch
    {
        Access.Anyone => true,
        Access.Admin or Access.AdminInBrowser or Access.Owner or Access.Client => Actor.Type == ActorType.Administrator,
        Access.AdminOrOwnOrg => Actor.Type == ActorType.Administrator || (Org is { } own && own.Value == org),
        _ => false,
    };
}

