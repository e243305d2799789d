using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Tokens;

namespace Tumbler.Engine.Clients;

/// <summary>Says which registered client asks for a token. From outside every refusal looks the same; the audit log tells them apart.</summary>
public sealed class RegisteredClients(
    OrganizationSnapshots organizations,
    Issuers issuers,
    PrivateKeyJwt privateKeyJwt,
    TlsClientAuth tlsClientAuth,
    SelfSignedTlsClientAuth selfSignedTlsClientAuth,
    SecurityEvents events)
{
    /// <summary>Null when it is not accepted.</summary>
    /// <exception cref="Store.StoreUnavailableException"/>
    public async ValueTask<AuthenticatedClient?> Authenticate(RingId ring, TokenRequest request, DateTimeOffset now)
    {
        ClientAssertion? assertion = null;
        var id = ClientId.TryParse(request.ClientId, out var given) ? given : (ClientId?)null;
        if (request.Assertion is { } text && !ClientAssertion.TryParse(text, out assertion))
            return Refuse(SecurityReason.MalformedAssertion);
        if (request.ClientId.Length == 0 && ClientId.TryParse(assertion?.Subject, out var subject))
            id = subject;
        else if (assertion is not null && request.ClientId != assertion.Subject)
            return Refuse(SecurityReason.ClientIdMismatch);

        if (id is not { } known || await organizations.Find(known.Org) is not { } organization || organization.Client(known) is not { } client)
            return Refuse(SecurityReason.UnknownClient);
        if (organization.WhyNot(client, now) is { } ended)
            return Refuse(ended);
        if (await WhyNot(client, assertion, request.Certificate, Names(ring), now) is { } reason)
            return Refuse(reason);

        return new AuthenticatedClient(known.Org, client.Scopes, client.Audiences)
        {
            Registered = known,
            CertificateThumbprint = client.BoundTokens ? request.Certificate!.Thumbprint() : null,
        };

        AuthenticatedClient? Refuse(SecurityReason reason)
        {
            events.Record(new SecurityEvent(reason, request.Origin, now) { Client = id });
            return null;
        }
    }

    private async ValueTask<SecurityReason?> WhyNot(
        RegisteredClient client, ClientAssertion? assertion, X509Certificate2? certificate, string[] names, DateTimeOffset now)
    {
        if (assertion is not null != client.Method is ClientAuthMethod.PrivateKeyJwt)
            return SecurityReason.WrongClientMethod;
        if (certificate is null && (client.BoundTokens || assertion is null))
            return SecurityReason.NoCertificate;
        return client.Method switch
        {
            ClientAuthMethod.PrivateKeyJwt => await privateKeyJwt.WhyNot(client, assertion!, names, now),
            ClientAuthMethod.TlsClientAuth => tlsClientAuth.WhyNot(client, certificate!, now),
            _ => await selfSignedTlsClientAuth.WhyNot(client, certificate!, now),
        };
    }

    /// <summary>What an assertion may call this server: the issuer, as newer advice has it, or the token endpoint (RFC 7523 §3).</summary>
    private string[] Names(RingId ring)
    {
        var issuer = issuers.Of(ring);
        return [issuer, $"{issuer}/oauth2/token"];
    }
}
