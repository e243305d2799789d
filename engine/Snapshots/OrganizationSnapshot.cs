using Tumbler.Core.ApiKeys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>One saved state of an organisation, with its keys ready to be matched.</summary>
public sealed class OrganizationSnapshot(Stored<Organization> stored) : ISnapshot
{
    private readonly ApiKeyIndex index = new(stored.State.ApiKeys.Values);

    public VersionToken Version => stored.Version;

    /// <summary>The accepted key with this hash, or null: unknown, revoked, expired and suspended are one answer.</summary>
    public ApiKey? Match(ApiKeyHash presented, DateTimeOffset now) =>
        index.Match(presented) is { } key && stored.State.Accepts(key, now) ? key : null;
}
