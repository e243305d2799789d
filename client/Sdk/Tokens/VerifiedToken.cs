using System.Buffers.Text;
using System.Text.Json;

namespace Tumbler.Client;

/// <summary>The claims of a token that is good: signed by a key of the issuer, for this service, in force and not revoked.</summary>
public sealed class VerifiedToken
{
    // The whole of it, to have the other claims without keeping a copy of them. It never gets out of here.
    private readonly string token;

    internal VerifiedToken(string token) => this.token = token;

    /// <summary><c>iss</c>: <see cref="TumblerOptions.Issuer"/>.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>sub</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>That of <see cref="TumblerOptions.Audience"/> for which it was taken. The token may name more.</summary>
    public required string Audience { get; init; }

    /// <summary><c>client_id</c>; null when there is none.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>scope</c>, with spaces between; empty for none.</summary>
    public string Scope { get; init; } = "";

    /// <summary><c>org</c>, the slug of the client's organisation at a Tumbler server; null when there is none.</summary>
    public string? Organization { get; init; }

    /// <summary><c>jti</c>; null when there is none.</summary>
    public string? TokenId { get; init; }

    /// <summary>The <c>kid</c> of the key that has signed it; null for a key without one.</summary>
    public string? KeyId { get; init; }

    /// <summary><c>exp</c>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether <see cref="Scope"/> has this one.</summary>
    public bool HasScope(string scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        foreach (var range in Scope.AsSpan().Split(' '))
        {
            if (Scope.AsSpan(range).SequenceEqual(scope))
                return true;
        }

        return false;
    }

    /// <summary>All claims, read anew at each call. Dispose what you get.</summary>
    public JsonDocument ReadClaims() => JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan()[(token.IndexOf('.') + 1)..token.LastIndexOf('.')]));
}
