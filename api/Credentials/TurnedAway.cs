using Microsoft.AspNetCore.Http;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;

namespace Tumbler.Api.Credentials;

/// <summary>Notes for the audit log what is refused at the edge itself.</summary>
internal sealed class TurnedAway(SecurityEvents events, TimeProvider clock)
{
    public void Note(SecurityReason reason, HttpContext http, Caller? caller = null) =>
        Note(reason, http.Origin(), caller);

    public void Note(SecurityReason reason, RequestOrigin origin, Caller? caller = null) => events.Record(
        new SecurityEvent(reason, origin, clock.Now()) { Key = caller?.Key, Client = caller?.Client, Org = caller?.Org });
}
