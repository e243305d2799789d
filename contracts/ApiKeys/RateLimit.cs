namespace Tumbler.Contracts.ApiKeys;

/// <summary>How often an API key may be used. Without both members there is no limit.</summary>
/// <param name="Limit">1 to 1,000,000.</param>
/// <param name="Window">In so long, 1 second to 24 hours: <c>PT1M</c>.</param>
public sealed record RateLimit(int? Limit = null, string? Window = null);
