namespace Tumbler.Contracts.Protection;

/// <param name="Thumbprint">SHA-256 over the certificate, in lower-case hex.</param>
/// <param name="Keys">How many stored private keys are encrypted for it.</param>
/// <param name="NeededBy">How many of them no other certificate here opens. At 0 it may go.</param>
public sealed record CertificateView(
    string Subject, string Thumbprint, DateTimeOffset NotAfter, CertificateRole Role, long Keys, long NeededBy);
