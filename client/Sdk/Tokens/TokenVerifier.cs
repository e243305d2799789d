using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tumbler.Client.Keys;
using Tumbler.Client.Revocations;

namespace Tumbler.Client.Tokens;

/// <summary>Says whether a token is good, from what is known: keys, revocations and the moment (RFC 9068 §4, RFC 8725).</summary>
internal static class TokenVerifier
{
    /// <summary>Bytes. No longer header gets through the usual proxies, and nobody may make us work on megabytes.</summary>
    public const int MaxSize = 8 * 1024;

    /// <param name="revocations">Null when they are not followed.</param>
    public static TokenResult Verify(
        string token, KeySet keys, KillList? revocations, Expectations expected, DateTimeOffset now, X509Certificate2? certificate)
    {
        if (token.Length > MaxSize)
            return TokenResult.Of(TokenFault.Malformed);
        Span<byte> text = stackalloc byte[token.Length];
        if (Ascii.FromUtf16(token, text, out _) != OperationStatus.Done || !CompactJws.TrySplit(text, out var jws) || !JoseHeader.TryRead(jws.Header, keys.Kids, out var header))
            return TokenResult.Of(TokenFault.Malformed);
        if (!expected.AdmitsType(header.Type))
            return TokenResult.Of(TokenFault.WrongType);
        if (header.Algorithm is not { } algorithm || !expected.Admits(algorithm))
            return TokenResult.Of(TokenFault.AlgorithmNotAllowed);

        // A key that is in the key set still may have been revoked.
        if (revocations is not null && header.Kid is { } kid && revocations.HasKey(kid, now))
            return TokenResult.Of(TokenFault.Revoked);
        var fault = keys.FindSigner(jws, header, algorithm, out var signer);
        if (fault != TokenFault.None)
            return TokenResult.Of(fault);

        fault = ReadClaims(jws.Payload, token, header, signer!.Kid, expected, now, out var claims, out var thumbprint);
        if (fault != TokenFault.None)
            return TokenResult.Of(fault);
        if (thumbprint is not null && !IsOf(certificate, thumbprint))
            return TokenResult.Of(TokenFault.WrongCertificate);
        return revocations is not null && revocations.Covers(claims!, now) ? TokenResult.Of(TokenFault.Revoked) : new TokenResult(claims!);
    }

    private static TokenFault ReadClaims(
        ReadOnlySpan<byte> payload, string token, in JoseHeader header, string? kid, Expectations expected, DateTimeOffset now,
        out VerifiedToken? claims, out string? thumbprint)
    {
        (claims, thumbprint) = (null, null);
        var bytes = ArrayPool<byte>.Shared.Rent(Base64Url.GetMaxDecodedLength(payload.Length));
        try
        {
            return Base64UrlText.TryDecode(payload, bytes, out var length)
                ? ClaimsReader.Read(bytes.AsMemory(0, length), token, header, kid, expected, now, out claims, out thumbprint)
                : TokenFault.Malformed;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>RFC 8705 §3.1: SHA-256 over the certificate in DER.</summary>
    private static bool IsOf(X509Certificate2? certificate, string thumbprint) =>
        certificate is not null && Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)) == thumbprint;
}
