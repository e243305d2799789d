using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tumbler.Core.Tokens;

/// <summary>Verifies access tokens of one issuer (RFC 9068 §4, RFC 8725). The claims are not even parsed before the
/// signature is good.</summary>
public static class AccessTokenVerifier
{
    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, IReadOnlyList{VerificationKey}, AccessTokenExpectations, DateTimeOffset)"/>
    public static TokenVerdict Verify(
        string token, IReadOnlyList<VerificationKey> keys, AccessTokenExpectations expectations, DateTimeOffset now)
    {
        if (token.Length > CompactJws.MaxSize)
            return TokenFault.Malformed;

        // What is not ASCII becomes '?', which base64url does not have.
        Span<byte> ascii = stackalloc byte[token.Length];
        Encoding.ASCII.GetBytes(token, ascii);
        return Verify(ascii, keys, expectations, now);
    }

    /// <summary>Never throws because of what is in the token.</summary>
    /// <param name="keys">All that are published, newest first.</param>
    public static TokenVerdict Verify(
        ReadOnlySpan<byte> token, IReadOnlyList<VerificationKey> keys, AccessTokenExpectations expectations, DateTimeOffset now)
    {
        if (!CompactJws.TryParse(token, out var jws, out var fault))
            return fault.Value;
        if (!IsAccessToken(jws.Header.Type))
            return TokenFault.WrongType;

        Span<byte> signature = stackalloc byte[Base64Url.GetMaxDecodedLength(jws.Signature.Length)];
        var payload = new byte[Base64Url.GetMaxDecodedLength(jws.Payload.Length)];
        if (!StrictBase64Url.TryDecode(jws.Signature, signature, out var signatureSize)
            || !StrictBase64Url.TryDecode(jws.Payload, payload, out var payloadSize))
        {
            return TokenFault.Malformed;
        }

        if (!TryFindSigner(jws, signature[..signatureSize], keys, out var signer, out fault)
            || !AccessTokenReader.TryRead(payload.AsMemory(0, payloadSize), out var claims, out fault))
        {
            return fault.Value;
        }

        return Check(claims, expectations, now) is { } wrong ? wrong : new VerifiedToken(claims, signer.Kid);
    }

    /// <summary>RFC 9068 §4: <c>at+jwt</c>, with or without <c>application/</c> (RFC 7515 §4.1.9).</summary>
    private static bool IsAccessToken(string? type) =>
        "at+jwt".Equals(type, StringComparison.OrdinalIgnoreCase)
        || "application/at+jwt".Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <summary>By <c>kid</c> when the token names one; else the newest first, then all the others. Only a key of the
    /// header's own algorithm ever sees the signature (RFC 8725 §3.1).</summary>
    private static bool TryFindSigner(
        in CompactJws jws,
        ReadOnlySpan<byte> signature,
        IReadOnlyList<VerificationKey> keys,
        [NotNullWhen(true)] out VerificationKey? signer,
        [NotNullWhen(false)] out TokenFault? fault)
    {
        fault = TokenFault.UnknownKey;
        for (var i = 0; i < keys.Count; i++)
        {
            signer = keys[i];
            if (jws.Header.Kid is { } kid && kid != signer.KidText)
                continue;

            if (signer.Algorithm != jws.Header.Algorithm)
            {
                // A bad signature under another key says more than this one's algorithm.
                if (fault == TokenFault.UnknownKey)
                    fault = TokenFault.AlgorithmNotAllowed;
                continue;
            }

            if (signer.Verify(jws.SigningInput, signature))
            {
                fault = null;
                return true;
            }

            fault = TokenFault.BadSignature;
        }

        signer = null;
        return false;
    }

    private static TokenFault? Check(AccessTokenClaims claims, AccessTokenExpectations expectations, DateTimeOffset now)
    {
        if (claims.Issuer != expectations.Issuer)
            return TokenFault.WrongIssuer;
        if (expectations.Audience is { } audience && !claims.Audiences.Contains(audience))
            return TokenFault.WrongAudience;

        // At the instant of exp it is over (RFC 7519 §4.1.4), at the instant of nbf it begins (§4.1.5).
        if (now - expectations.Skew >= claims.ExpiresAt)
            return TokenFault.Expired;
        return now + expectations.Skew < claims.NotBefore ? TokenFault.NotYetValid : null;
    }
}
