namespace Tumbler.Contracts.Keys;

/// <summary>The signature algorithms a ring can use, by their names in the IANA JOSE registry (RFC 7518 §3.1).</summary>
public enum JwsAlgorithm
{
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
}
