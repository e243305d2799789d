using Tumbler.Contracts.Protection;

namespace Tumbler.Engine.Protection;

/// <summary>A key-encryption certificate, as far as anybody may know it.</summary>
/// <param name="Thumbprint">SHA-256 over the certificate, in lower-case hex.</param>
public sealed record KeyCertificate(string Subject, string Thumbprint, DateTimeOffset NotAfter, CertificateRole Role);
