using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Credentials;

/// <summary>A request to a route of the table, about the organisation <c>acme</c>.</summary>
internal static class RouteRequest
{
    /// <param name="name">Methods and pattern, as in the table.</param>
    public static (string Method, string Path) For(string name)
    {
        var parts = name.Split(' ');
        var path = parts[1]
            .Replace("{org}", "acme", StringComparison.Ordinal)
            .Replace("{ring}", "default", StringComparison.Ordinal)
            .Replace("{id}", ScriptedApiKeys.Id.ToString(), StringComparison.Ordinal)
            .Replace("{kid}", ScriptedRings.Kid.ToString(), StringComparison.Ordinal);
        return (parts[0] == "*" ? "GET" : parts[0].Split(',')[0], path);
    }
}
