namespace Tumbler.Stories.Tests.Clients;

public sealed record RewrapResult(long Rings, long Rewrapped, long AlreadyCurrent, long FailedTotal);
