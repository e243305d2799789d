using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Clients;

/// <summary><c>private_key_jwt</c>: the client has signed an assertion (RFC 7523).</summary>
/// <param name="skew">By how much a client's clock may differ.</param>
public sealed class PrivateKeyJwt(ClientKeySets keySets, IUsedOnce used, TimeSpan skew)
{
    /// <summary>What is wrong, or null; then the assertion is used up.</summary>
    /// <param name="audiences">What this server is called.</param>
    /// <exception cref="StoreUnavailableException">Whether it was used before can't be said.</exception>
    public async ValueTask<SecurityReason?> WhyNot(
        RegisteredClient client, ClientAssertion assertion, IReadOnlyCollection<string> audiences, DateTimeOffset now)
    {
        if (client.Algorithm is { } only && only != assertion.Header.Algorithm)
            return SecurityReason.MalformedAssertion;
        if (await keySets.Find(client, assertion.NamesAKeyOf) is not { } keys)
            return SecurityReason.ClientKeysUnavailable;
        if (!assertion.IsSignedBy(keys))
            return SecurityReason.BadAssertionSignature;
        if (assertion.Fault(client, audiences, skew, now) is { } fault)
            return fault;
        return await used.TryUse(Name(assertion), assertion.ForgottenAt(skew), now, CancellationToken.None) ? null : SecurityReason.ReplayedAssertion;
    }

    private static string Name(ClientAssertion assertion) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{assertion.Subject}\0{assertion.TokenId}")));
}
