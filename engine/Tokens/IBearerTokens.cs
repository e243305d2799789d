using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Tokens;

/// <summary>Who sends an access token of this installation, as this node knows it.</summary>
public interface IBearerTokens
{
    /// <summary>Null when it is not accepted now; that is a security event. Waits only for the first use of a ring or an organisation.</summary>
    /// <param name="audience">One that the token must name; null where any will do.</param>
    ValueTask<Bearer?> Authenticate(RingId ring, string token, string? audience, RequestOrigin origin);
}
