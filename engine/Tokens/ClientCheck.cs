using System.Net;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Tokens;

/// <summary>Says which client has authenticated, where OAuth asks for one besides the token endpoint. A refusal is a security event.</summary>
public sealed class ClientCheck(ApiKeyAuthenticator authenticator, SecurityEvents events, TimeProvider clock)
{
    /// <summary>Null when it is none. Waits only for an organisation's first use.</summary>
    public async ValueTask<AuthenticatedKey?> Authenticate(string clientId, string? secret, RequestOrigin origin)
    {
        var where = new Presentation(origin, clock.Now(), ApiKeyId.TryParse(clientId, out var id) ? id : null);
        if (await authenticator.Authenticate(secret, where) is not { } found)
            return null;
        if (WhyNot(found.Key, clientId, origin) is not { } reason)
            return found;
        events.Record(where.Event(reason, found));
        return null;
    }

    private static SecurityReason? WhyNot(ApiKey key, string clientId, RequestOrigin origin)
    {
        if (key.Id.ToString() != clientId)
            return SecurityReason.ClientIdMismatch;
        return key.AllowsAddress(IPAddress.TryParse(origin.Source, out var address) ? address : null) ? null : SecurityReason.AddressNotAllowed;
    }
}
