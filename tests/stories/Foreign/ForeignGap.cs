namespace Tumbler.Stories.Tests.Foreign;

/// <summary>The longest time in which a target gave no good answer.</summary>
internal sealed record ForeignGap(long Ms, DateTimeOffset Since);
