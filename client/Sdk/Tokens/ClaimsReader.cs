using System.Text.Json;

namespace Tumbler.Client.Tokens;

/// <summary>Reads the claims of a token whose signature is good, and compares them with what is expected. The first thing that is wrong counts.</summary>
internal ref struct ClaimsReader(JsonElement claims, Expectations expected)
{
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private TokenFault fault;

    /// <param name="text">The whole token.</param>
    /// <param name="thumbprint">Of the certificate without which the token is of no use; null when it is not bound.</param>
    public static TokenFault Read(
        ReadOnlyMemory<byte> payload, string text, in JoseHeader header, string? kid, Expectations expected, DateTimeOffset now,
        out VerifiedToken? token, out string? thumbprint)
    {
        (token, thumbprint) = (null, null);
        using var document = StrictJson.ReadObject(payload);
        if (document is null)
            return TokenFault.Malformed;
        var reader = new ClaimsReader(document.RootElement, expected);
        token = reader.Token(text, header, kid, now);
        thumbprint = reader.Thumbprint();
        return reader.fault;
    }

    private VerifiedToken Token(string text, in JoseHeader header, string? kid, DateTimeOffset now)
    {
        if (!Required("iss", out var issuer) || !issuer.Says(expected.Issuer))
            Fail(TokenFault.WrongIssuer);
        var audience = Audience();
        var (subject, client) = (Text("sub", required: true), (string?)null);
        var profile = Expectations.IsAccessToken(header.Type);
        if (claims.TryGetProperty("client_id", out var id) && subject is not null && id.Says(subject))
            client = subject;
        else
            client = Text("client_id", profile);
        var expires = Instant("exp", required: true) ?? default;
        _ = Instant("iat", profile);
        CheckTimes(expires, Instant("nbf", required: false), now);
        return new VerifiedToken(text)
        {
            Issuer = expected.Issuer,
            Subject = subject ?? "",
            Audience = audience,
            ClientId = client,
            Scope = Scope(),
            Organization = Text("org", required: false),
            TokenId = Text("jti", profile),
            KeyId = kid,
            ExpiresAt = expires,
        };
    }

    private void Fail(TokenFault with)
    {
        if (fault == TokenFault.None)
            fault = with;
    }

    private bool Required(string name, out JsonElement value)
    {
        if (claims.TryGetProperty(name, out value))
            return true;
        Fail(TokenFault.MissingClaim);
        return false;
    }

    private string? Text(string name, bool required)
    {
        if (!claims.TryGetProperty(name, out var value))
        {
            if (required)
                Fail(TokenFault.MissingClaim);
            return null;
        }

        if (value.AsText() is { Length: > 0 } text)
            return text;
        Fail(TokenFault.Malformed);
        return null;
    }

    /// <summary>One text or a list of them (RFC 7519 §4.1.3).</summary>
    private string Audience()
    {
        if (!Required("aud", out var value))
            return "";
        foreach (var audience in expected.Audiences)
        {
            if (value.Says(audience))
                return audience;
            if (value.ValueKind != JsonValueKind.Array)
                continue;
            foreach (var each in value.EnumerateArray())
            {
                if (each.Says(audience))
                    return audience;
            }
        }

        Fail(TokenFault.WrongAudience);
        return "";
    }

    /// <summary>A text with spaces between, as RFC 9068 has it; some issuers write a list, or <c>scp</c>.</summary>
    private string Scope()
    {
        if (!claims.TryGetProperty("scope", out var value) && !claims.TryGetProperty("scp", out value))
            return "";
        if (value.AsText() is { } text)
            return text;
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(each => each.AsText() is { } one && !one.Contains(' ', StringComparison.Ordinal)))
            return string.Join(' ', value.EnumerateArray().Select(each => each.GetString()));
        Fail(TokenFault.Malformed);
        return "";
    }

    /// <summary>RFC 7519 §2 allows fractions of a second.</summary>
    private DateTimeOffset? Instant(string name, bool required)
    {
        if (!claims.TryGetProperty(name, out var value))
        {
            if (required)
                Fail(TokenFault.MissingClaim);
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds >= 0 && seconds <= LastSecond)
            return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        Fail(TokenFault.Malformed);
        return null;
    }

    /// <summary>At the instant of <c>exp</c> it is over (RFC 7519 §4.1.4), at that of <c>nbf</c> it begins (§4.1.5).</summary>
    private void CheckTimes(DateTimeOffset expires, DateTimeOffset? notBefore, DateTimeOffset now)
    {
        if (now - expected.Skew >= expires)
            Fail(TokenFault.Expired);
        else if (notBefore > now + expected.Skew)
            Fail(TokenFault.NotYetValid);
    }

    /// <summary>A token that is bound to something not understood is not one that is not bound (RFC 7800 §3.1).</summary>
    private string? Thumbprint()
    {
        if (!claims.TryGetProperty("cnf", out var confirmation))
            return null;
        if (confirmation.ValueKind == JsonValueKind.Object && confirmation.TextOf("x5t#S256") is { Length: > 0 } thumbprint)
            return thumbprint;
        Fail(TokenFault.WrongCertificate);
        return null;
    }
}
