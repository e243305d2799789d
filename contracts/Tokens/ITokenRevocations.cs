using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Contracts.Tokens;

/// <summary>Withdraws single tokens of a ring. Whether the caller may is decided before.</summary>
public interface ITokenRevocations
{
    /// <summary>Revoking a revoked token changes nothing.</summary>
    Task<Result<RevokedToken>> Revoke(RingId ring, RevokedToken token, CallContext call);
}
