using System.Text;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Clients;

/// <summary>What may be registered of a client.</summary>
internal static class ClientRules
{
    private const int MaxCertificateName = 512;

    /// <returns>Of use only when nothing failed.</returns>
    public static RegisteredClient Read(
        InputCheck check, PutClient request, ClientId id, DateTimeOffset createdAt, DateTimeOffset now, KeyAddresses addresses)
    {
        if (request.TokenEndpointAuthMethod is null)
            check.Add("token_endpoint_auth_method", "required", "token_endpoint_auth_method is required.");
        var method = check.OneOf<ClientAuthMethod>("token_endpoint_auth_method", request.TokenEndpointAuthMethod);
        return new RegisteredClient(
            id,
            check.Name("client_name", request.ClientName),
            method ?? default,
            [.. check.Scopes("scopes", request.Scopes)],
            [.. check.Audiences("audiences", request.Audiences)],
            createdAt,
            UpdatedAt: now,
            check.FutureTime("expires_at", request.ExpiresAt, now))
        {
            Keys = Keys(check, request, method),
            KeysUri = KeysUri(check, request, method, addresses),
            Algorithm = Algorithm(check, request, method),
            CertificateName = Name(check, request, method),
            BoundTokens = request.TlsClientCertificateBoundAccessTokens ?? false,
        };
    }

    private static ClientKeySet? Keys(InputCheck check, PutClient request, ClientAuthMethod? method)
    {
        if (method is ClientAuthMethod.PrivateKeyJwt or ClientAuthMethod.SelfSignedTlsClientAuth
            && request.Jwks is null == request.JwksUri is null)
        {
            check.Add("jwks", "exactly_one", "Exactly one of jwks and jwks_uri is required.");
        }

        if (request.Jwks is not { } jwks)
            return null;
        if (method is ClientAuthMethod.TlsClientAuth)
            Superfluous(check, "jwks", method);
        var keys = ClientKeySet.Register(Encoding.UTF8.GetBytes(jwks.GetRawText()), "jwks", out var fault);
        if (fault is not null)
            check.Add(fault.Field, fault.Rule, fault.Message);
        return keys;
    }

    private static string? KeysUri(InputCheck check, PutClient request, ClientAuthMethod? method, KeyAddresses addresses)
    {
        if (request.JwksUri is not { } uri)
            return null;
        if (method is ClientAuthMethod.TlsClientAuth)
            Superfluous(check, "jwks_uri", method);
        if (!addresses.Admits(uri))
        {
            check.Add("jwks_uri", "jwks_uri",
                $"jwks_uri must be an absolute https URL of at most {KeyAddresses.MaxUri} characters, without user and fragment, that does not lead into an inner network.");
        }

        return uri;
    }

    private static JwsAlgorithm? Algorithm(InputCheck check, PutClient request, ClientAuthMethod? method)
    {
        if (request.TokenEndpointAuthSigningAlg is not null && method is ClientAuthMethod.TlsClientAuth or ClientAuthMethod.SelfSignedTlsClientAuth)
            Superfluous(check, "token_endpoint_auth_signing_alg", method);
        return check.OneOf<JwsAlgorithm>("token_endpoint_auth_signing_alg", request.TokenEndpointAuthSigningAlg);
    }

    private static CertificateName? Name(InputCheck check, PutClient request, ClientAuthMethod? method)
    {
        (string Field, CertificateNameKind Kind, string? Value)[] all =
        [
            ("tls_client_auth_subject_dn", CertificateNameKind.SubjectDn, request.TlsClientAuthSubjectDn),
            ("tls_client_auth_san_dns", CertificateNameKind.SanDns, request.TlsClientAuthSanDns),
            ("tls_client_auth_san_uri", CertificateNameKind.SanUri, request.TlsClientAuthSanUri),
            ("tls_client_auth_san_ip", CertificateNameKind.SanIp, request.TlsClientAuthSanIp),
            ("tls_client_auth_san_email", CertificateNameKind.SanEmail, request.TlsClientAuthSanEmail),
        ];
        var given = all.Where(each => each.Value is not null).ToArray();
        if (method is ClientAuthMethod.TlsClientAuth && given.Length != 1)
            check.Add(all[0].Field, "exactly_one", $"Exactly one of {string.Join(", ", all.Select(each => each.Field))} is required.");
        foreach (var (field, kind, value) in given)
        {
            if (method is ClientAuthMethod.PrivateKeyJwt or ClientAuthMethod.SelfSignedTlsClientAuth)
                Superfluous(check, field, method);
            if (Problem(kind, value!) is { } problem)
                check.Add(field, Names.SnakeCase(kind), $"{field} {problem}.");
        }

        return given is [var one, ..] ? new CertificateName(one.Kind, one.Value!) : null;
    }

    private static string? Problem(CertificateNameKind kind, string value)
    {
        if (value.Length is 0 or > MaxCertificateName || value.Any(char.IsControl))
            return $"must be 1 to {MaxCertificateName} characters without control characters";
        return kind switch
        {
            CertificateNameKind.SubjectDn when !DistinguishedName.TryParse(value, out _) =>
                "must be a distinguished name as RFC 4514 writes it, such as CN=billing,O=Acme,C=DE, one value at each place",
            CertificateNameKind.SanDns when Uri.CheckHostName(value) != UriHostNameType.Dns || value.Contains('*', StringComparison.Ordinal) => "must be a DNS name, without a wildcard",
            CertificateNameKind.SanUri when !Uri.TryCreate(value, UriKind.Absolute, out _) => "must be an absolute URI",
            CertificateNameKind.SanIp when !InputRules.IsAddress(value) => "must be an IP address",
            CertificateNameKind.SanEmail when value.Count(c => c == '@') != 1 => "must be an e-mail address",
            _ => null,
        };
    }

    private static void Superfluous(InputCheck check, string field, ClientAuthMethod? method) =>
        check.Add(field, "superfluous", $"{field} means nothing to {Names.SnakeCase(method!.Value)}.");
}
