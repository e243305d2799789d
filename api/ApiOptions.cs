using Tumbler.Api.Credentials;
using Tumbler.Core.Proxies;

namespace Tumbler.Api;

/// <param name="AdminKey">Recognises the key that administrators send as <c>X-Admin-Key</c>.</param>
public sealed record ApiOptions(AdminKeyCheck AdminKey)
{
    /// <summary>Whose X-Forwarded headers are believed.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;
}
