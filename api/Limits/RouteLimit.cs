using Microsoft.AspNetCore.Http;
using Tumbler.Api.Credentials;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Limits;
using Tumbler.Engine.Limits;

namespace Tumbler.Api.Limits;

/// <summary>A route's limit, as endpoint metadata.</summary>
internal sealed record RouteLimit(string Name, QuotaRule Rule)
{
    private const int LongestSubject = 100;

    public QuotaId QuotaOf(HttpContext http) => new(Name, SubjectOf(http.Caller(), http));

    /// <summary>Organisations count together, whichever of their keys they use; administrators each for themselves, whomever they work for.
    /// A slug has no colon.</summary>
    private static string SubjectOf(Caller caller, HttpContext http)
    {
        var subject = caller switch
        {
            { Org: { } org } => org.Value,
            { Actor.Type: ActorType.Anonymous } => FailedAttempts.NameOf(http.Connection.RemoteIpAddress),
            { Actor: var actor } => $"admin:{actor.Id}",
        };
        return subject.Length <= LongestSubject ? subject : subject[..LongestSubject];
    }
}
