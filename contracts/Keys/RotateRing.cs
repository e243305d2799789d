namespace Tumbler.Contracts.Keys;

/// <param name="Mode"><c>graceful</c> (default) or <c>immediate</c>.</param>
/// <param name="Reason">For the audit log, at most 200 characters.</param>
public sealed record RotateRing(string? Mode = null, string? Reason = null);
