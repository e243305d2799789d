using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Clients;

namespace Tumbler.Engine.Tokens;

/// <summary>Says which client has authenticated, by whatever method. A refusal is a security event.</summary>
public sealed class ClientCheck(ApiKeyClients apiKeyClients, RegisteredClients registeredClients)
{
    /// <summary>Null when it is none. With an API key it waits only for an organisation's first use.</summary>
    /// <exception cref="Store.StoreUnavailableException"/>
    public ValueTask<AuthenticatedClient?> Authenticate(RingId ring, TokenRequest request, DateTimeOffset now) => request.ClientSecret is null
        ? registeredClients.Authenticate(ring, request, now)
        : apiKeyClients.Authenticate(request, now);
}
