namespace Tumbler.Silo.Configuration;

/// <summary>A secret from the configuration. It shows at most its last 4 characters, and those only when they are
/// a small part of it; so it may stand in records that are logged.</summary>
public sealed class SecretText(string value)
{
    private const int MinLengthToShowEnd = 16;

    public string Reveal() => value;

    public byte[] RevealBase64() => Convert.FromBase64String(value);

    public override string ToString() => value.Length < MinLengthToShowEnd ? "…" : $"…{value[^4..]}";
}
