namespace Tumbler.Client.Tests.Outbound;

/// <summary>A request as it came over the wire.</summary>
internal sealed record Received(string Method, string Path, string? Authorization, string Body);
