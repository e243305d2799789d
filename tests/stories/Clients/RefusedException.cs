using System.Net;

namespace Tumbler.Stories.Tests.Clients;

/// <summary>The server answered, and said no.</summary>
public sealed class RefusedException(HttpStatusCode status, string body) : Exception($"{(int)status}: {body}")
{
    public HttpStatusCode Status => status;

    /// <summary>Null when the answer does not say when to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
