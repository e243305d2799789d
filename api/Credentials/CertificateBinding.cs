using Microsoft.AspNetCore.Http;
using Tumbler.Core.Clients;
using Tumbler.Core.Tokens;

namespace Tumbler.Api.Credentials;

/// <summary>Whether a token that is of use only with a certificate comes with it (RFC 8705 §3).</summary>
internal static class CertificateBinding
{
    public static bool Holds(AccessTokenClaims claims, HttpContext http) =>
        claims.CertificateThumbprint is not { } thumbprint
        || (http.ClientCertificate() is { } certificate && certificate.Thumbprint() == thumbprint);
}
