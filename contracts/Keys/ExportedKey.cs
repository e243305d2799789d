namespace Tumbler.Contracts.Keys;

/// <summary>A private key, encrypted under the caller's password.</summary>
/// <param name="Data">The PEM text, or the PFX in base64.</param>
public sealed record ExportedKey(RingId Ring, Kid Kid, JwsAlgorithm Algorithm, KeyFormat Format, string Data)
{
    public override string ToString() => $"ExportedKey({Ring}, {Kid}, {Format})";
}
