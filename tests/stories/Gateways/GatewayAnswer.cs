using System.Net;

namespace Tumbler.Stories.Tests.Gateways;

/// <param name="Challenge"><c>WWW-Authenticate</c>; empty for none.</param>
/// <param name="Echoed">What the service got; null when nothing reached it.</param>
internal sealed record GatewayAnswer(HttpStatusCode Status, string Challenge, Echoed? Echoed);
