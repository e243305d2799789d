using Tumbler.Api.Configuration;
using Tumbler.Api.Credentials;
using Tumbler.Api.CrossOrigin;
using Tumbler.Api.ForwardAuth;
using Tumbler.Api.Headers;
using Tumbler.Api.Limits;
using Tumbler.Api.Metrics;
using Tumbler.Core.Proxies;

namespace Tumbler.Api;

/// <param name="AdminKey">Recognises the key that administrators send as <c>X-Admin-Key</c>.</param>
public sealed record ApiOptions(AdminKeyCheck AdminKey)
{
    /// <summary>Not a fast one: it times what this process does for others.</summary>
    public TimeProvider MachineClock { get; init; } = TimeProvider.System;

    /// <summary>How many may follow revocations here as an event stream. Each takes some kilobytes and a socket, and a process may
    /// have a thousand and twenty-four of these where nobody has raised that.</summary>
    public int MostStreams { get; init; } = 500;

    /// <summary>Whose X-Forwarded headers are believed.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>What a token must name as its audience to be a credential here. Empty, which no token names: none is.</summary>
    public string AdminAudience { get; init; } = "";

    public ForwardAuthOptions ForwardAuth { get; init; } = new();

    /// <summary>In which header a trusted proxy passes on a client's certificate.</summary>
    public string ClientCertificateHeader { get; init; } = "X-Client-Cert";

    public HeaderOptions Headers { get; init; } = HeaderOptions.Default;

    /// <summary>Whose pages may read our answers.</summary>
    public AllowedOrigins Origins { get; init; } = new();

    public LimitOptions Limits { get; init; } = LimitOptions.None;

    public MetricsAccess Metrics { get; init; } = MetricsAccess.AdministratorsOnly;

    /// <summary>How large a share of the requests is traced when the caller has not decided it, 0 to 1.</summary>
    public double TracedShare { get; init; } = 1;

    /// <summary>Whether health says what it has checked to those only who may read metrics.</summary>
    public bool HealthDetailsClosed { get; init; }

    /// <summary>What <c>GET /api/v1/admin/config</c> shows.</summary>
    public ShownSettings Settings { get; init; } = new();
}
