using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Keys;

namespace Tumbler.Api.ForwardAuth;

/// <summary>Remembers what the few queries that gateways are configured with ask for.</summary>
internal sealed class Requirements(RingId ring, Issuers issuers)
{
    // A gateway has one for each service behind it. Whoever makes up queries by the million gets each of them read anew.
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, Requirement> known = new(StringComparer.Ordinal);

    public Result<Requirement> Of(HttpRequest request)
    {
        var query = request.QueryString.Value ?? "";
        if (known.TryGetValue(query, out var found))
            return found;
        var read = Requirement.Read(request.Query, ring, issuers);
        if (known.Count < Most && read.TryGet(out var requirement, out _))
            known.TryAdd(query, requirement);
        return read;
    }
}
