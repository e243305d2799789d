using Tumbler.Contracts.ApiKeys;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
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

    /// <inheritdoc cref="Organization.WhyNot"/>
    public SecurityReason? WhyNot(ApiKey key, DateTimeOffset now) => stored.State.WhyNot(key, now);
}
