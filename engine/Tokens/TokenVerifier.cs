using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Revocations;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Tokens;

/// <summary>Verifies the tokens of this installation's rings from what this node knows.</summary>
/// <param name="skew">By how much the clock of who issued a token may differ from this node's.</param>
public sealed class TokenVerifier(RingSnapshots rings, LiveRevocations revocations, TimeSpan skew, TimeProvider clock)
{
    public VerdictTally Verified { get; } = new();

    /// <summary>Waits only for a ring's first use. A ring that does not exist has no keys, so every token is by an unknown one.</summary>
    /// <param name="audience">One that the token must name, or null when any will do.</param>
    public ValueTask<TokenVerdict> Verify(RingId ring, string token, string? audience = null)
    {
        var find = rings.Find(ring);
        return find.IsCompletedSuccessfully ? new(Count(Verify(find.Result, token, audience))) : Wait(find, token, audience);

        async ValueTask<TokenVerdict> Wait(ValueTask<RingSnapshot?> finding, string token, string? audience) =>
            Count(Verify(await finding, token, audience));
    }

    private TokenVerdict Count(TokenVerdict verdict)
    {
        Verified.Add(verdict);
        return verdict;
    }

    private TokenVerdict Verify(RingSnapshot? ring, string token, string? audience)
    {
        if (ring is null)
            return TokenFault.UnknownKey;
        var now = clock.Now();
        var expectations = new AccessTokenExpectations(ring.Issuer, audience, skew);
        var verdict = AccessTokenVerifier.Verify(token, ring.At(now).Verifiers, expectations, now);
        return verdict.TryGet(out var verified, out _) && revocations.Now.Feed.Covers(ring.Id, verified.Claims, verified.Kid)
            ? TokenFault.Revoked
            : verdict;
    }
}
