namespace Tumbler.Stories.Tests.Clients;

public sealed record AuditEntry(
    string Chain, long Seq, string? Org, Actor Actor, string Action, string ResourceType, string ResourceId, string Status, string RequestId,
    string Source, IReadOnlyDictionary<string, string> Details);
