namespace Tumbler.Api.Health;

/// <param name="Time">The server's clock, which need not be the caller's.</param>
internal sealed record LiveView(string Status, DateTimeOffset Time);
