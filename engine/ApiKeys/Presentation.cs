using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;

namespace Tumbler.Engine.ApiKeys;

/// <summary>The circumstances in which an API key was presented.</summary>
/// <param name="ClientId">Whose it is said to be, where that is asked for.</param>
/// <param name="ClientAddress">Where it was presented to the service that asks about it.</param>
public readonly record struct Presentation(
    RequestOrigin Origin, DateTimeOffset At, ApiKeyId? ClientId = null, string? ClientAddress = null)
{
    /// <param name="key">The key that was presented, when its hash matched.</param>
    public SecurityEvent Event(SecurityReason reason, AuthenticatedKey? key = null) => new(reason, Origin, At)
    {
        Key = key?.Key.Id,
        Org = key?.Org,
        ClientId = ClientId,
        ClientAddress = ClientAddress,
    };
}
