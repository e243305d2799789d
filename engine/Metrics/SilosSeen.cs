namespace Tumbler.Engine.Metrics;

/// <summary>How many processes of this service there are, as far as this one knows.</summary>
/// <param name="Expected">How many there should be; null where nobody has said.</param>
public sealed record SilosSeen(Func<int> Count, int? Expected);
