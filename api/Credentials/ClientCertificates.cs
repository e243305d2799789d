using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Api.Proxies;

namespace Tumbler.Api.Credentials;

/// <summary>The certificate that a client has proved to own, in a TLS handshake with this server or with a trusted proxy.</summary>
public static class ClientCertificates
{
    /// <summary>Null where there is none, or none that can be read. Nobody has looked yet whether it is valid and who signed it.
    /// It lives as long as the request.</summary>
    /// <remarks>A trusted proxy's own certificate is not the client's, and a header of anybody else is nobody's.</remarks>
    public static X509Certificate2? ClientCertificate(this HttpContext http)
    {
        if (!http.CameFromProxy())
            return http.Connection.ClientCertificate;
        var options = http.RequestServices.GetRequiredService<ApiOptions>();
        if (http.Request.Headers[options.ClientCertificateHeader] is not [{ } header] || CertificateHeader.Parse(header) is not { } certificate)
            return null;
        http.Response.RegisterForDispose(certificate);
        return certificate;
    }
}
