namespace Tumbler.Core.Keys;

/// <summary>A private key as it lies in the store: PKCS#8 inside CMS EnvelopedData. Useless without a recipient's
/// private key, and still shown nowhere.</summary>
public sealed record ProtectedKey(ReadOnlyMemory<byte> Cms)
{
    public override string ToString() => $"ProtectedKey({Cms.Length} bytes)";
}
