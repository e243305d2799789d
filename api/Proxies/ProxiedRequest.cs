using Microsoft.AspNetCore.Http;

namespace Tumbler.Api.Proxies;

public static class ProxiedRequest
{
    /// <summary>Whether the peer at the other end of the connection is a trusted proxy. Only then a header that a proxy sets
    /// may be believed.</summary>
    public static bool CameFromProxy(this HttpContext http) => http.Features.Get<ProxyWord>() is not null;
}
