using Microsoft.AspNetCore.Http;
using Tumbler.Api.Credentials;
using Tumbler.Api.Idempotency;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Requests;

internal static class Calls
{
    /// <summary>What the engine is told about the cause of a change.</summary>
    public static CallContext Call(this HttpContext http) => new(
        http.Caller().Actor, http.TraceIdentifier, http.Source(), http.Request.IdempotencyKey(), ByOwner: http.Caller().IsOwner);

    /// <summary>What the log of security events is told about the request.</summary>
    public static RequestOrigin Origin(this HttpContext http) => new(
        http.TraceIdentifier, http.Source(), http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>()?.Route ?? "-");

    /// <summary>The peer's address; IPv4 as such also where the socket is IPv6.</summary>
    public static string Source(this HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        return address is null ? "local" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
