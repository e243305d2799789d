using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Contracts.Tokens;

/// <summary>Says what a token is worth, and makes it worth nothing.</summary>
public interface ITokenInspection
{
    /// <summary>RFC 7662. Null when there is no such ring. Waits only for first uses.</summary>
    ValueTask<TokenStatusAnswer?> Introspect(RingId ring, TokenQuestion question);

    /// <summary>RFC 7009. Null when there is no such ring. What is no token of the ring's, or is over, needs no revocation.</summary>
    Task<TokenRevocationAnswer?> Revoke(RingId ring, TokenQuestion question, CallContext call);
}
