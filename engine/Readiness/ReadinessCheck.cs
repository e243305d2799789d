namespace Tumbler.Engine.Readiness;

/// <summary>One condition for taking requests.</summary>
/// <param name="Reason">Why not, in words that say nothing about the inside; null when ok.</param>
public sealed record ReadinessCheck(string Name, bool Ok, string? Reason);
