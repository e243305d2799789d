namespace Tumbler.Stories.Tests.Clients;

public sealed record AuditExport(string Id, string Status, long EntriesDone, long? EntriesTotal, IReadOnlyList<string>? Files);
