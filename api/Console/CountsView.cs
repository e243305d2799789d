namespace Tumbler.Api.Console;

/// <summary>What a process has done since its start.</summary>
/// <param name="Node">Which one.</param>
/// <param name="Time">By the service's clock.</param>
/// <param name="TurnedAway">Requests that are security events.</param>
internal sealed record CountsView(string Node, DateTimeOffset Time, long Tokens, long Verifications, long TurnedAway);
