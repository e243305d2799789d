using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;

namespace Tumbler.Engine.Tokens;

/// <summary>Who asks for a token, has proved it, and what was granted to it.</summary>
/// <param name="Audiences">The first one is the default.</param>
public readonly record struct AuthenticatedClient(OrgSlug Org, IReadOnlyList<string> Scopes, IReadOnlyList<string> Audiences)
{
    /// <summary>The API key that it authenticated by; this or <see cref="Registered"/>.</summary>
    public ApiKey? ApiKey { get; init; }

    public ApiKeyId? Key => ApiKey?.Id;

    public ClientId? Registered { get; init; }

    /// <summary>The <c>client_id</c>.</summary>
    public string Id => Registered?.ToString() ?? Key.ToString()!;

    public Actor Actor => new(Registered is null ? ActorType.ApiKey : ActorType.Client, Id);

    /// <summary>Of the certificate that its tokens are bound to, or null.</summary>
    public string? CertificateThumbprint { get; init; }

    public SecurityEvent Event(SecurityReason reason, RequestOrigin origin, DateTimeOffset at) => new(reason, origin, at)
    {
        Org = Org,
        Key = Key,
        ClientId = Key,
        Client = Registered,
    };
}
