namespace Tumbler.Core.Migration;

/// <param name="Service">The service, when the configuration names it. What callers make up is not counted one by one.</param>
/// <param name="Warns">Whether client and operator are told to change.</param>
public readonly record struct SharedKeyDecision(string? Service, bool Accepted, bool Warns);
