namespace Tumbler.Api.Migration;

/// <summary>The answer about a shared key: that about an API key, and whose it is. It has no organisation, and no rights that could be
/// written down: whoever has it may do everything.</summary>
/// <param name="SharedKey">The client that it stands for; null when it is refused.</param>
internal sealed record SharedKeyVerdict(bool Valid, string? Reason, string? Org, string? KeyId, IReadOnlyList<string>? Scopes, string? SharedKey);
