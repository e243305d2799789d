namespace Tumbler.Stories.Tests.Clients;

public sealed record ProtectedBy(string Subject, string Role, long Keys, long NeededBy);
