using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Core.Audit;

/// <summary>A request that was turned away. Holds nothing of the credential, and of what the caller wrote only what has
/// the form of an id or an address: whoever types a password into the wrong field has not published it.</summary>
public readonly record struct SecurityEvent(SecurityReason Reason, RequestOrigin Origin, DateTimeOffset At)
{
    /// <summary>The API key that was presented, when it is certain which: its hash matched.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>Whose key that is.</summary>
    public OrgSlug? Org { get; init; }

    /// <summary>Which API key the caller said it had, at the token endpoint.</summary>
    public ApiKeyId? ClientId { get; init; }

    /// <summary>The same for a registered client. It has authenticated itself if <see cref="Org"/> is there as well.</summary>
    public ClientId? Client { get; init; }

    /// <summary>Where the key was presented to the service that asks about it, as that service says.</summary>
    public string? ClientAddress { get; init; }
}
