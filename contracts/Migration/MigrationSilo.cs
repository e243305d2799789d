namespace Tumbler.Contracts.Migration;

/// <param name="Since">When it began to count; null when it did not answer, and its counts are missing.</param>
public sealed record MigrationSilo(string Name, DateTimeOffset? Since);
