using Tumbler.Contracts.Keys;

namespace Tumbler.Contracts.Tokens;

/// <summary>Issues access tokens.</summary>
public interface ITokens
{
    /// <summary>Answers synchronously in the steady state; waits only for the first use of a ring or an
    /// organisation on this node, or for a ring that must heal itself first. Null when there is no such ring.</summary>
    ValueTask<TokenAnswer?> Issue(RingId ring, TokenRequest request);
}
