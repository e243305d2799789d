namespace Tumbler.Stories.Tests.Clients;

public sealed record MigrationState(string Phase, IReadOnlyList<MigrationUse> Uses);
