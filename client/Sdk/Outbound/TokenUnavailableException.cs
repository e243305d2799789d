using Tumbler.Client.Outbound;

namespace Tumbler.Client;

/// <summary>A request was not sent, because there is no access token for it. The message says why, and holds nothing secret.</summary>
public sealed class TokenUnavailableException : HttpRequestException
{
    internal TokenUnavailableException(string source, GrantFault? fault, TimeSpan retryAfter)
        : base($"There is no access token from {source}: {fault?.Problem ?? "it came too late to be used"}.")
    {
        Error = fault?.Error;
        RetryAfter = retryAfter > TimeSpan.Zero ? retryAfter : TimeSpan.Zero;
    }

    /// <summary>The issuer's OAuth error code (RFC 6749 §5.2), such as <c>invalid_client</c>; null when it gave none.</summary>
    public string? Error { get; }

    /// <summary>Before that time is over the issuer is not asked again.</summary>
    public TimeSpan RetryAfter { get; }
}
