using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Core.Idempotency;
using Tumbler.Core.Keys;

namespace Tumbler.Storage.Rows;

/// <summary>A ring's own data, and of its keys and receipts those that changed.</summary>
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
    RowChanges<string, ReceiptRow> Receipts)
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
        RowChanges<string, Receipt>.Between(old?.Receipts ?? [], next.Receipts, receipt => receipt.KeyHash).Select(ReceiptRow.Of));

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
    };
}
