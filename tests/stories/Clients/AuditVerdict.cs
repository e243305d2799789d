namespace Tumbler.Stories.Tests.Clients;

public sealed record AuditVerdict(bool Valid, int Chains, long Entries);
