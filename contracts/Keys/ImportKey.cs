namespace Tumbler.Contracts.Keys;

/// <summary>Brings a key in from elsewhere. It is published at once.</summary>
/// <param name="Format"><c>pkcs8</c> or <c>pkcs12</c>.</param>
/// <param name="Data">The PEM text, or the PFX in base64.</param>
/// <param name="Password">That <paramref name="Data"/> is encrypted under.</param>
/// <param name="Kid">The UUID by which tokens name the key; a new one when left out.</param>
/// <param name="Algorithm">A name of <see cref="JwsAlgorithm"/> that fits the key; for RSA the ring's, else RS256, for EC the curve's.</param>
/// <param name="Signs">Whether it signs from now on, until the ring's next key does. Otherwise it only verifies, and its
/// private half is not kept.</param>
/// <param name="ExpiresAt">RFC 3339 time at which it leaves the JWKS, at most 366 days from now. Required unless it signs.</param>
public sealed record ImportKey(
    string? Format = null,
    string? Data = null,
    string? Password = null,
    string? Kid = null,
    string? Algorithm = null,
    bool? Signs = null,
    string? ExpiresAt = null)
{
    public override string ToString() => $"ImportKey({Format}, {Kid}, {Algorithm})";
}
