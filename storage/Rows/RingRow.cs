using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Idempotency;
using Tumbler.Core.Keys;

namespace Tumbler.Storage.Rows;

/// <summary>A ring's own data, and of its keys and receipts those that changed.</summary>
/// <param name="QuietFrom">In milliseconds since 1970, as <paramref name="QuietUntil"/>: PostgreSQL makes columns of both, and
/// takes no text for an instant there. A row from before there was this says nothing, and is looked at.</param>
internal sealed record RingRow(
    RingId Id,
    long Version,
    RingPolicyRow Policy,
    DateTimeOffset CreatedAt,
    long LastOrdinal,
    long ForgottenSigners,
    long AuditSeq,
    string AuditHash,
    RowChanges<Kid, SigningKeyRow> Keys,
    RowChanges<string, ReceiptRow> Receipts,
    long QuietFrom = 0,
    long QuietUntil = 0)
{
    public static RingRow Between(KeyRing? old, KeyRing next, long version) => new(
        next.Id,
        version,
        RingPolicyRow.Of(next.Policy),
        next.CreatedAt,
        next.LastOrdinal,
        next.ForgottenSigners,
        next.AuditHead.Seq,
        next.AuditHead.Hash,
        RowChanges<Kid, SigningKey>.Between(old?.Keys ?? [], next.Keys, key => key.Kid).Select(SigningKeyRow.Of),
        RowChanges<string, Receipt>.Between(old?.Receipts ?? [], next.Receipts, receipt => receipt.KeyHash).Select(ReceiptRow.Of),
        next.Quiet.From.ToUnixTimeMilliseconds(),
        next.Quiet.Until.ToUnixTimeMilliseconds());

    public KeyRing ApplyTo(KeyRing? old) => new()
    {
        Id = Id,
        Policy = Policy.ToPolicy(),
        CreatedAt = CreatedAt,
        Keys = [.. Keys.Select(row => row.ToKey()).ApplyTo(old?.Keys ?? [], key => key.Kid)],
        LastOrdinal = LastOrdinal,
        ForgottenSigners = ForgottenSigners,
        AuditHead = new AuditHead(AuditSeq, AuditHash),
        Receipts = [.. Receipts.Select(row => row.ToReceipt()).ApplyTo(old?.Receipts ?? [], receipt => receipt.KeyHash)],
        Quiet = new QuietTime(DateTimeOffset.FromUnixTimeMilliseconds(QuietFrom), DateTimeOffset.FromUnixTimeMilliseconds(QuietUntil)),
    };
}
