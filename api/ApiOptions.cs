using Tumbler.Api.Credentials;
using Tumbler.Api.ForwardAuth;
using Tumbler.Core.Proxies;

namespace Tumbler.Api;

/// <param name="AdminKey">Recognises the key that administrators send as <c>X-Admin-Key</c>.</param>
public sealed record ApiOptions(AdminKeyCheck AdminKey)
{
    /// <summary>Whose X-Forwarded headers are believed.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>What a token must name as its audience to be a credential here. Empty, which no token names: none is.</summary>
    public string AdminAudience { get; init; } = "";

    public ForwardAuthOptions ForwardAuth { get; init; } = new();

    /// <summary>In which header a trusted proxy passes on a client's certificate.</summary>
    public string ClientCertificateHeader { get; init; } = "X-Client-Cert";
}
