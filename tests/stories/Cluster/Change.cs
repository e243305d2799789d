namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A change that somebody asked for.</summary>
/// <param name="RequestId">As it stands in the audit entry.</param>
internal sealed record Change(string RequestId, string Path, ChangeOutcome Outcome, string Answer);
