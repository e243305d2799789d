using Tumbler.Api.Credentials;
using Tumbler.Api.CrossOrigin;
using Tumbler.Api.Headers;
using Tumbler.Api.Limits;
using Tumbler.Api.Metrics;
using Tumbler.Core.Proxies;

namespace Tumbler.Api;

/// <param name="AdminKey">Recognises the key that administrators send as <c>X-Admin-Key</c>.</param>
public sealed record ApiOptions(AdminKeyCheck AdminKey)
{
    public HeaderOptions Headers { get; init; } = HeaderOptions.Default;

    /// <summary>Whose pages may read our answers.</summary>
    public AllowedOrigins Origins { get; init; } = new();

    public LimitOptions Limits { get; init; } = LimitOptions.None;

    public MetricsAccess Metrics { get; init; } = MetricsAccess.AdministratorsOnly;

    /// <summary>Whether health says what it has checked to those only who may read metrics.</summary>
    public bool HealthDetailsClosed { get; init; }

    /// <summary>Whose X-Forwarded headers are believed.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;
}
