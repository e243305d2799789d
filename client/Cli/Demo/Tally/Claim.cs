namespace Tumbler.Cli.Demo.Tally;

/// <summary>Something the demo set out to prove, and whether it did.</summary>
internal sealed record Claim(bool Held, string Text);
