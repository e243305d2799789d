namespace Tumbler.Silo.Configuration;

/// <param name="Setting">The setting's name, for complaints.</param>
/// <param name="Path">Absolute path of a PFX file, or of a PEM file with certificate and private key.</param>
/// <param name="Password">The private key's password, from a file; null when it has none.</param>
public sealed record ProtectionCertificate(string Setting, string Path, SecretText? Password);
