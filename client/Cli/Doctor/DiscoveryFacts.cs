namespace Tumbler.Cli.Doctor;

/// <param name="Problem">Why there is no document; null when there is one.</param>
internal sealed record DiscoveryFacts(string? Problem, string? Issuer = null, string? JwksUri = null);
