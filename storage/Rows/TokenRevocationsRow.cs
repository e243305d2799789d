using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Revocations;

namespace Tumbler.Storage.Rows;

/// <summary>Whole: it has no parts that could change alone.</summary>
internal sealed record TokenRevocationsRow(
    RingId Ring, long Version, long Count, NewestRow? Newest, long AuditSeq, string AuditHash)
{
    public static TokenRevocationsRow Of(TokenRevocations state, long version) => new(
        state.Ring, version, state.Count, NewestRow.Of(state.Newest), state.AuditHead.Seq, state.AuditHead.Hash);

    public TokenRevocations ToState() => new(Ring, Count, Newest?.ToToken(), new AuditHead(AuditSeq, AuditHash));
}
