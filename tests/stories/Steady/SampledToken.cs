namespace Tumbler.Stories.Tests.Steady;

/// <param name="Jwks">What its verifier knows.</param>
/// <param name="Answer">The token endpoint's.</param>
internal sealed record SampledToken(string Jwks, string Answer);
