namespace Tumbler.Cli.Demo.Tally;

/// <summary>A signing key with its instants, each since the first key began to sign.</summary>
/// <param name="Number">Its ordinal in the ring.</param>
internal sealed record RingKey(long Number, string Kid, TimeSpan PublishedAt, TimeSpan SignsFrom, TimeSpan SignsUntil, TimeSpan ExpiresAt)
{
    private const int Recognisable = 8;

    public string ShortKid => Kid[..Math.Min(Recognisable, Kid.Length)];

    public override string ToString() => $"key {Number}";
}
