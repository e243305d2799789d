namespace Tumbler.Contracts.Keys;

/// <summary>Taints or revokes a key, or revokes a whole ring.</summary>
/// <param name="Reason">For the audit log and the key's metadata, at most 200 characters.</param>
public sealed record WithdrawKey(string? Reason = null);
