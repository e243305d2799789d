namespace Tumbler.Core.Tokens;

/// <summary>Why a token is refused. For logs and metrics; outside they all look the same.</summary>
public enum TokenFault
{
    /// <summary>No compact JWS, or no claims set of the profile in it; also a header that asks for what is not
    /// understood (<c>crit</c>, <c>b64</c>).</summary>
    Malformed,

    /// <summary><c>typ</c> does not say that it is an access token.</summary>
    WrongType,

    /// <summary><c>alg</c> is none of the nine, or not the key's own.</summary>
    AlgorithmNotAllowed,
    UnknownKey,
    BadSignature,
    WrongIssuer,
    WrongAudience,
    Expired,
    NotYetValid,
    MissingClaim,

    /// <summary>It was withdrawn, or its key, its client or its client's organisation.</summary>
    Revoked,
}
