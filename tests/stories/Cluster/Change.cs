namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A change that somebody asked for.</summary>
/// <param name="RequestId">As it stands in the audit entry.</param>
/// <param name="IdempotencyKey">Asked for again under the same one it is made once, and entered under the id of the first.</param>
/// <param name="Unconfirmed">The silos that did not confirm it, as the answer names them; null when it names none.</param>
internal sealed record Change(
    string RequestId, string Path, ChangeOutcome Outcome, string Answer, string? IdempotencyKey, string? Unconfirmed = null);
