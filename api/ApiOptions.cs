using Tumbler.Api.Configuration;
using Tumbler.Api.Credentials;

namespace Tumbler.Api;

/// <param name="AdminKey">Recognises the key that administrators send as <c>X-Admin-Key</c>.</param>
public sealed record ApiOptions(AdminKeyCheck AdminKey)
{
    /// <summary>What <c>GET /api/v1/admin/config</c> shows.</summary>
    public ShownSettings Settings { get; init; } = new();
}
