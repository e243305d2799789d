using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Tumbler.Silo.Listening;

/// <summary>TLS of the https addresses.</summary>
public static class ServerTls
{
    /// <summary>Callers are asked for a certificate and need not have one. Whatever they show is let in, for it only matters to
    /// clients that authenticate by it, and each client says itself which one is its own.</summary>
    /// <param name="certificate">Null where no address is https.</param>
    public static IWebHostBuilder UseServerTls(this IWebHostBuilder host, ServerCertificate? certificate) => certificate is null
        ? host
        : host.UseKestrelHttpsConfiguration().ConfigureServices(services => services.Configure<KestrelServerOptions>(
            kestrel => kestrel.ConfigureHttpsDefaults(https => Show(certificate, https))));

    private static void Show(ServerCertificate certificate, HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificateSelector = (_, _) => certificate.Own;
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
        https.OnAuthenticate = (_, tls) =>
        {
            tls.ServerCertificateSelectionCallback = null;
            tls.ServerCertificateContext = certificate.Context;

            // Who resumes a session does not prove again that the certificate is his.
            tls.AllowTlsResume = false;
        };
    }
}
