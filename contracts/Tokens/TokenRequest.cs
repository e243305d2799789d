using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Tokens;

/// <summary>A <c>client_credentials</c> request (RFC 6749 §4.4) of a client that authenticates by API key, by assertion, or else by
/// certificate.</summary>
/// <param name="ClientId">The API key's or registered client's id; with an assertion it may be empty.</param>
/// <param name="ClientSecret">The API key, or null.</param>
/// <param name="Scope">Space-separated scopes, or null for all that the client was granted.</param>
/// <param name="Resources">The audiences asked for (RFC 8707); empty for the client's default.</param>
/// <param name="Origin">Its source is the client's address.</param>
public readonly record struct TokenRequest(
    string ClientId,
    string? ClientSecret,
    string? Scope,
    IReadOnlyList<string> Resources,
    RequestOrigin Origin)
{
    /// <summary>A JWT that the client has signed (RFC 7523), or null.</summary>
    public string? Assertion { get; init; }

    /// <summary>What the client has shown when it connected, or null; only there when it has no secret.</summary>
    public X509Certificate2? Certificate { get; init; }

    public override string ToString() => "TokenRequest(****)";
}
