using Microsoft.AspNetCore.Http;
using Tumbler.Core.Proxies;

namespace Tumbler.Api.Proxies;

/// <summary>Makes of a trusted proxy's request the client's: its address and its scheme. Everybody else's X-Forwarded headers are
/// as if they were not there.</summary>
/// <remarks>The framework's own ForwardedHeaders middleware believes every peer of a Unix socket, takes any scheme, and does not
/// tell the rest of the pipeline whether it believed.</remarks>
internal sealed class ProxyHeaders(RequestDelegate next, ApiOptions options)
{
    private readonly TrustedProxies proxies = options.Proxies;

    public Task InvokeAsync(HttpContext http)
    {
        if (proxies.Trusts(http.Connection.RemoteIpAddress))
            Believe(http);
        return next(http);
    }

    private void Believe(HttpContext http)
    {
        http.Features.Set(ProxyWord.Taken);
        var (request, connection) = (http.Request, http.Connection);
        var said = proxies.Read(connection.RemoteIpAddress, request.Headers["X-Forwarded-For"], request.Headers["X-Forwarded-Proto"]);
        if (!Equals(said.Client, connection.RemoteIpAddress))
            (connection.RemoteIpAddress, connection.RemotePort) = (said.Client, 0);
        if (said.Scheme is { } scheme)
            request.Scheme = scheme;
    }
}
