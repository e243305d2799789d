namespace Tumbler.Engine.Metrics;

/// <summary>What this process has done since its start.</summary>
/// <param name="Tokens">Access tokens issued.</param>
/// <param name="Verifications">Tokens looked at, whatever was found, and API keys accepted.</param>
public sealed record NodeCounts(Func<long> Tokens, Func<long> Verifications);
