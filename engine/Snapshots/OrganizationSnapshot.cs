using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>One saved state of an organisation, with its keys ready to be matched.</summary>
public sealed class OrganizationSnapshot(Stored<Organization> stored) : ISnapshot
{
    private readonly ApiKeyIndex index = new(stored.State.ApiKeys.Values);

    public VersionToken Version => stored.Version;

    /// <summary>The key with this hash, accepted or not, or null.</summary>
    public ApiKey? Match(ApiKeyHash presented) => index.Match(presented);

    /// <summary>The key of this id, accepted or not, or null.</summary>
    public ApiKey? Key(ApiKeyId id) => stored.State.ApiKeys.GetValueOrDefault(id);

    /// <summary>The registered client, accepted or not, or null.</summary>
    public RegisteredClient? Client(ClientId id) => stored.State.Clients.GetValueOrDefault(id);

    /// <inheritdoc cref="Organization.WhyNot(RegisteredClient, DateTimeOffset)"/>
    public SecurityReason? WhyNot(RegisteredClient client, DateTimeOffset now) => stored.State.WhyNot(client, now);

    /// <inheritdoc cref="Organization.WhyNot(ApiKey, DateTimeOffset)"/>
    public SecurityReason? WhyNot(ApiKey key, DateTimeOffset now) => stored.State.WhyNot(key, now);
}
