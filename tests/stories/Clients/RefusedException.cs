using System.Net;

namespace Tumbler.Stories.Tests.Clients;

/// <summary>The server answered, and said no.</summary>
public sealed class RefusedException(HttpStatusCode status, string body) : Exception($"{(int)status}: {body}")
{
    public HttpStatusCode Status => status;
}
