using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Tumbler.Core.Tokens;

/// <summary>Reads the claims set of a token whose signature was good. Every required claim must be there and of its type.</summary>
internal ref struct AccessTokenReader
{
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly JsonElement json;
    private TokenFault? firstFault;

    private AccessTokenReader(JsonElement json) => this.json = json;

    public static bool TryRead(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out AccessTokenClaims? claims, [NotNullWhen(false)] out TokenFault? fault)
    {
        (claims, fault) = (null, TokenFault.Malformed);
        if (!StrictJson.TryParseObject(utf8, out var document))
            return false;

        using (document)
        {
            var reader = new AccessTokenReader(document.RootElement);
            claims = reader.Read();
            fault = reader.firstFault;
            return fault is null;
        }
    }

    private AccessTokenClaims Read() => new(
        Issuer: Text("iss"),
        Subject: Text("sub"),
        Audiences: Audiences(),
        ClientId: Text("client_id"),
        Scope: Scope(),
        Organization: Text("org"),
        TokenId: Text("jti"),
        IssuedAt: Instant("iat"),
        NotBefore: Instant("nbf"),
        ExpiresAt: Instant("exp"))
    {
        CertificateThumbprint = CertificateThumbprint(),
    };

    private bool TryFind(string claim, out JsonElement value)
    {
        if (json.TryGetProperty(claim, out value))
            return true;

        firstFault ??= TokenFault.MissingClaim;
        return false;
    }

    private string NonEmpty(JsonElement value)
    {
        if (value.Text() is { Length: > 0 } text)
            return text;

        firstFault ??= TokenFault.Malformed;
        return "";
    }

    private string Text(string claim) => TryFind(claim, out var value) ? NonEmpty(value) : "";

    private string Scope()
    {
        var scope = json.TryGetProperty("scope", out var value) ? NonEmpty(value) : "";
        if (scope.Length > 0 && !ScopeList.TryParse(scope, out _))
            firstFault ??= TokenFault.Malformed;
        return scope;
    }

    /// <summary>Bound to something that is not understood is not the same as not bound (RFC 7800 §3.1).</summary>
    private string? CertificateThumbprint()
    {
        if (!json.TryGetProperty("cnf", out var confirmation))
            return null;
        if (confirmation.ValueKind == JsonValueKind.Object && confirmation.Text("x5t#S256") is { Length: > 0 } thumbprint)
            return thumbprint;
        firstFault ??= TokenFault.Malformed;
        return null;
    }

    /// <summary>One string or an array of them (RFC 7519 §4.1.3).</summary>
    private string[] Audiences()
    {
        if (!TryFind("aud", out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            return [NonEmpty(value)];
        if (value.GetArrayLength() == 0)
            firstFault ??= TokenFault.Malformed;

        var audiences = new string[value.GetArrayLength()];
        for (var i = 0; i < audiences.Length; i++)
            audiences[i] = NonEmpty(value[i]);
        return audiences;
    }

    /// <summary>RFC 7519 §2 allows fractions of a second; we write none and so accept none.</summary>
    private DateTimeOffset Instant(string claim)
    {
        if (!TryFind(claim, out var value))
            return default;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds >= 0 && seconds <= LastSecond)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);

        firstFault ??= TokenFault.Malformed;
        return default;
    }
}
