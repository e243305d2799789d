namespace Tumbler.Contracts.Protection;

/// <param name="Keys">How many private keys are stored.</param>
/// <param name="OutdatedKeys">How many of them are not encrypted for exactly the recipients of now: what a rewrap is for.</param>
/// <param name="UnreadableKeys">How many of them no certificate here opens.</param>
public sealed record ProtectionView(
    IReadOnlyList<CertificateView> Certificates, long Keys, long OutdatedKeys, long UnreadableKeys);
