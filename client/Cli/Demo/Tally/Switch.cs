namespace Tumbler.Cli.Demo.Tally;

/// <summary>The first token by another key than the one before.</summary>
/// <param name="Lead">How long verifiers had been able to see the key; null when it was there at the beginning already.</param>
internal sealed record Switch(RingKey From, RingKey To, TimeSpan? Lead)
{
    public TimeSpan At => To.SignsFrom;
}
