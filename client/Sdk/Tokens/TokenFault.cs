namespace Tumbler.Client;

/// <summary>Why a token is not accepted. For logs and metrics: callers are told no more than that it is not.</summary>
public enum TokenFault
{
    /// <summary>It is accepted.</summary>
    None,

    /// <summary>No compact JWS of at most 8 KiB with a claims set in it, or a header that asks for what is not understood (<c>crit</c>, <c>b64</c>).</summary>
    Malformed,

    /// <summary><c>typ</c> is none of <see cref="TumblerOptions.TokenTypes"/>.</summary>
    WrongType,

    /// <summary><c>alg</c> is none of <see cref="TumblerOptions.Algorithms"/>, or not the key's.</summary>
    AlgorithmNotAllowed,

    /// <summary>No key of the issuer has this <c>kid</c>.</summary>
    UnknownKey,

    /// <summary>The signature is not by the key.</summary>
    BadSignature,

    /// <summary><c>iss</c> is another.</summary>
    WrongIssuer,

    /// <summary><c>aud</c> names others only.</summary>
    WrongAudience,

    /// <summary>At <c>exp</c> it is over.</summary>
    Expired,

    /// <summary>It begins with <c>nbf</c>.</summary>
    NotYetValid,

    /// <summary>A claim that must be there is not.</summary>
    MissingClaim,

    /// <summary>It was withdrawn, or its key, its client or its client's organisation.</summary>
    Revoked,

    /// <summary>It is of use only with a certificate (<c>cnf</c>, RFC 8705) that did not come with it.</summary>
    WrongCertificate,

    /// <summary>There is no key set, or it is older than <see cref="TumblerOptions.KeysStaleLimit"/>. Not the token's fault.</summary>
    KeysUnavailable,

    /// <summary>Nothing was heard of revocations for <see cref="TumblerOptions.RevocationsStaleLimit"/>, or ever. Not the token's fault.</summary>
    RevocationsUnavailable,
}
