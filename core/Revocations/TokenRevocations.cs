using System.Collections.Immutable;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Core.Idempotency;

namespace Tumbler.Core.Revocations;

/// <summary>The owner of the audit chain of a ring's revoked tokens. Which those are stands in the feed: however many there are, a
/// save of this writes one.</summary>
/// <param name="Count">How many there ever were.</param>
/// <param name="Newest">The last of them; null before the first.</param>
public sealed record TokenRevocations(RingId Ring, long Count, RevokedToken? Newest, AuditHead AuditHead) : IAggregate<TokenRevocations>
{
    public string Chain => ChainOf(Ring);

    /// <summary>A token names itself: revoking it again changes nothing.</summary>
    public ImmutableArray<Receipt> Receipts => [];

    public static string ChainOf(RingId ring) => $"tokens:{ring}";

    public static TokenRevocations None(RingId ring) => new(ring, 0, null, AuditHead.Empty);

    public TokenRevocations With(AuditHead head, ImmutableArray<Receipt> receipts) => this with { AuditHead = head };
}
