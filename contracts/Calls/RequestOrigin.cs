namespace Tumbler.Contracts.Calls;

/// <summary>Which request it was, for the log of security events.</summary>
/// <param name="RequestId">As in the answer's <c>X-Request-ID</c>.</param>
/// <param name="Source">The address the request came from, or <c>local</c>.</param>
/// <param name="Route">The route's pattern with its method, never the path that was asked for: <c>POST /oauth2/token</c>.</param>
public readonly record struct RequestOrigin(string RequestId, string Source, string Route)
{
    /// <summary>A call from inside the process.</summary>
    public static RequestOrigin Local { get; } = new("-", "local", "-");
}
