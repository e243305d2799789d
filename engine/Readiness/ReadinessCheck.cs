namespace Tumbler.Engine.Readiness;

/// <summary>One condition for taking requests.</summary>
/// <param name="Reason">Why not, in words that say nothing about the inside; null when ok.</param>
/// <param name="Needed">Whether a node that does not meet it should get no requests.</param>
public sealed record ReadinessCheck(string Name, bool Ok, string? Reason, bool Needed = true);
