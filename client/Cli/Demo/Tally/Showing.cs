namespace Tumbler.Cli.Demo.Tally;

/// <summary>One token of the revoked key, shown to one party during the emergency.</summary>
/// <param name="After">Since the revocation was asked for, when the answer was there.</param>
internal sealed record Showing(Party By, TimeSpan After, bool Accepted);
