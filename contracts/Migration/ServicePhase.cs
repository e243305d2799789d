namespace Tumbler.Contracts.Migration;

public sealed record ServicePhase(string Service, MigrationPhase Phase);
