namespace Tumbler.Core.Audit;

/// <summary>Security events that are alike: the first of them, how many, and when the last one was.</summary>
public readonly record struct SecurityTally(SecurityEvent First, long Count, DateTimeOffset LastAt);
