using Tumbler.Client.Keys;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Revocations;

/// <summary>Believes a kill list only when a key of the issuer has signed it that is not revoked itself.</summary>
internal static class KillListVerifier
{
    /// <summary>So that nobody takes a token for one (RFC 8725 §3.11).</summary>
    private const string Type = "revocations+jwt";

    /// <param name="problem">For the log; empty when it is good.</param>
    public static TokenFault Verify(
        ReadOnlySpan<byte> jwt, KeySet keys, KillList known, Expectations expected, DateTimeOffset now, out KillListDocument? document, out string problem)
    {
        document = null;
        problem = "It is no JWS.";
        if (!CompactJws.TrySplit(jwt, out var jws) || !JoseHeader.TryRead(jws.Header, keys.Kids, out var header))
            return TokenFault.Malformed;
        problem = $"Its typ is not {Type}.";
        if (!Type.Equals(header.Type, StringComparison.OrdinalIgnoreCase))
            return TokenFault.WrongType;
        problem = "Its alg is not allowed.";
        if (header.Algorithm is not { } algorithm || !expected.Admits(algorithm))
            return TokenFault.AlgorithmNotAllowed;
        problem = "It is signed by a key that is revoked.";
        if (header.Kid is { } kid && known.HasKey(kid, now))
            return TokenFault.Revoked;
        problem = "It is not signed by a key of the issuer.";
        if (keys.FindSigner(jws, header, algorithm, out _) is not TokenFault.None and var fault)
            return fault;
        problem = "It has not the claims of a kill list.";
        if (Base64UrlText.Decode(jws.Payload) is not { } payload || KillListDocument.Read(payload) is not { } read)
            return TokenFault.Malformed;
        problem = $"It is of another issuer than {expected.Issuer}.";
        if (read.Issuer != expected.Issuer)
            return TokenFault.WrongIssuer;
        problem = "It is no longer to be believed (exp).";
        if (now - expected.Skew >= read.ExpiresAt)
            return TokenFault.Expired;
        (document, problem) = (read, "");
        return TokenFault.None;
    }
}
