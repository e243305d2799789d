namespace Tumbler.Silo.Configuration;

/// <summary>Mutual TLS between silos: each shows a certificate that one of the authorities has signed. The files are read again
/// when they change.</summary>
/// <param name="Certificate">PFX, or PEM with certificate and private key.</param>
/// <param name="Password">Of the certificate's file, or null.</param>
/// <param name="Authorities">PEM with one or more CA certificates; all that these have signed may join.</param>
public sealed record ClusterTlsOptions(string Certificate, SecretText? Password, string Authorities)
{
    internal const string CertificateSetting = "Cluster:Tls:Certificate:Path";
    internal const string AuthoritiesSetting = "Cluster:Tls:Authorities";

    /// <returns>Null when none is given, or after an error.</returns>
    internal static ClusterTlsOptions? Read(SettingsReader settings)
    {
        var certificate = settings.FullPath(CertificateSetting);
        var password = settings.FileSecret("Cluster:Tls:Certificate:PasswordFile");
        var authorities = settings.FullPath(AuthoritiesSetting);
        if (certificate is null && authorities is null)
            return null;
        if (certificate is null)
            settings.Error(CertificateSetting, $"is required with {AuthoritiesSetting}");
        if (authorities is null)
            settings.Error(AuthoritiesSetting, $"is required with {CertificateSetting}");
        if (certificate is not null)
            settings.CheckAccess(CertificateSetting, certificate);
        return certificate is null || authorities is null ? null : new ClusterTlsOptions(certificate, password, authorities);
    }
}
