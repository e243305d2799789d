using Microsoft.AspNetCore.Http;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;

namespace Tumbler.Api.Credentials;

/// <summary>Notes for the audit log what is refused at the edge itself.</summary>
internal sealed class TurnedAway(SecurityEvents events, TimeProvider clock)
{
    public void Note(SecurityReason reason, HttpContext http, Caller? caller = null) =>
        Note(reason, http.Origin(), caller?.Key, caller?.Org);

    public void Note(SecurityReason reason, RequestOrigin origin, ApiKeyId? key = null, OrgSlug? org = null) =>
        events.Record(new SecurityEvent(reason, origin, clock.Now()) { Key = key, Org = org });
}
