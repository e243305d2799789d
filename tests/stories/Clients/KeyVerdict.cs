namespace Tumbler.Stories.Tests.Clients;

/// <summary>What <c>api-keys/verify</c> says of a key.</summary>
public sealed record KeyVerdict(bool Valid, string? Reason, string? Org, string? KeyId);
