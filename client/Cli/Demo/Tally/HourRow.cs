namespace Tumbler.Cli.Demo.Tally;

/// <summary>What happened in one simulated hour.</summary>
/// <param name="Signer">Of its last token.</param>
/// <param name="Published">The JWKS at its end, oldest key first.</param>
internal sealed record HourRow(int Hour, RingKey? Signer, IReadOnlyList<RingKey> Published, Counts Counts);
