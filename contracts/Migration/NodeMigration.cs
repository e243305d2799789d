namespace Tumbler.Contracts.Migration;

/// <param name="Since">When the node began to count.</param>
public sealed record NodeMigration(DateTimeOffset Since, IReadOnlyList<SharedKeyCount> Counts);
