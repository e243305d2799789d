namespace Tumbler.Stories.Tests.Clients;

public sealed record Protected(IReadOnlyList<ProtectedBy> Certificates, long Keys, long OutdatedKeys, long UnreadableKeys);
