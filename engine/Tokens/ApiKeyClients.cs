using System.Net;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Tokens;

/// <summary><c>client_secret_basic</c> and <c>client_secret_post</c>: the secret is an API key, whose id is the client's.</summary>
public sealed class ApiKeyClients(ApiKeyAuthenticator authenticator, SecurityEvents events)
{
    /// <summary>Null when it is not accepted. Waits only for an organisation's first use.</summary>
    public async ValueTask<AuthenticatedClient?> Authenticate(TokenRequest request, DateTimeOffset now)
    {
        var clientId = ApiKeyId.TryParse(request.ClientId, out var id) ? id : (ApiKeyId?)null;
        var where = new Presentation(request.Origin, now, clientId);
        if (await authenticator.Authenticate(request.ClientSecret, where) is not { } found)
            return null;
        if (WhyNot(found.Key, request) is not { } reason)
            return new AuthenticatedClient(found.Org, found.Key.Scopes, found.Key.Audiences) { ApiKey = found.Key };

        events.Record(where.Event(reason, found));
        return null;
    }

    private static SecurityReason? WhyNot(ApiKey key, TokenRequest request)
    {
        if (key.Id.ToString() != request.ClientId)
            return SecurityReason.ClientIdMismatch;
        var address = IPAddress.TryParse(request.Origin.Source, out var parsed) ? parsed : null;
        return key.AllowsAddress(address) ? null : SecurityReason.AddressNotAllowed;
    }
}
