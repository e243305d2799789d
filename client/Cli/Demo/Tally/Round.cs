using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Tally;

/// <summary>A token was issued and shown, and a bad one with it.</summary>
/// <param name="At">Since the first key began to sign, simulated.</param>
/// <param name="Signer">Of the token; null when none was issued.</param>
/// <param name="Published">The JWKS as it was seen last, oldest key first.</param>
/// <param name="Forgery">What was wrong with the bad one; null when there was none yet.</param>
internal sealed record Round(TimeSpan At, RingKey? Signer, IReadOnlyList<RingKey> Published, Forgery? Forgery, Counts Counts);
