using Tumbler.Core.Idempotency;

namespace Tumbler.Storage.Rows;

internal sealed record ReceiptRow(string KeyHash, string RequestHash, DateTimeOffset At, string SealedAnswer)
{
    public static ReceiptRow Of(Receipt receipt) =>
        new(receipt.KeyHash, receipt.RequestHash, receipt.At, receipt.SealedAnswer);

    public Receipt ToReceipt() => new(KeyHash, RequestHash, At, SealedAnswer);
}
