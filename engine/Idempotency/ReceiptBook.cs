using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Idempotency;

namespace Tumbler.Engine.Idempotency;

/// <summary>Makes a change that is sent twice under one <c>Idempotency-Key</c> happen once, and answers both times the
/// same. An answer may show a new API key, so it is kept encrypted under the Idempotency-Key, which is not kept:
/// neither the store nor its dump can open it.</summary>
public sealed class ReceiptBook
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] idKey;
    private readonly byte[] sealKey;

    /// <param name="secret">A secret of this installation, at least 32 bytes.</param>
    public ReceiptBook(ReadOnlySpan<byte> secret)
    {
        idKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.ToArray(), 32, info: "tumbler receipt id"u8.ToArray());
        sealKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.ToArray(), 32, info: "tumbler receipt seal"u8.ToArray());
    }

    /// <summary>The first answer to the same request, a refusal when the key stands for another request, or null.</summary>
    public Result<TAnswer>? Find<TAnswer>(
        ImmutableArray<Receipt> receipts, RepeatableRequest request, CallContext call, DateTimeOffset now)
    {
        if (call.IdempotencyKey is not { } key || Receipts.Find(receipts, Mac(idKey, call, key), now) is not { } receipt)
            return null;
        if (receipt.RequestHash != Hash(request))
            return new Refusal(ErrorCode.IdempotencyKeyReused, "This Idempotency-Key was used for another request.");
        return Open<TAnswer>(receipt.SealedAnswer, call, key);
    }

    public ImmutableArray<Receipt> Add<TAnswer>(
        ImmutableArray<Receipt> receipts, RepeatableRequest request, TAnswer answer, CallContext call, DateTimeOffset now)
    {
        if (call.IdempotencyKey is not { } key)
            return receipts;
        var at = call.KeyIsBrief ? now - (Receipts.Kept - Receipts.KeptBriefly) : now;
        var receipt = new Receipt(Mac(idKey, call, key), Hash(request), at, Seal(answer, call, key));
        return Receipts.Add(receipts, receipt, now);
    }

    private string Seal<TAnswer>(TAnswer answer, CallContext call, string key)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(answer, ReceiptJson.TypeInfo<TAnswer>());
        var sealedAnswer = new byte[NonceSize + TagSize + plain.Length];
        var parts = new Parts(sealedAnswer);
        Chance.Fill(parts.Nonce);
        using var aes = new AesGcm(SealKey(call, key), TagSize);
        aes.Encrypt(parts.Nonce, plain, parts.Cipher, parts.Tag);
        CryptographicOperations.ZeroMemory(plain);
        return Convert.ToBase64String(sealedAnswer);
    }

    private TAnswer Open<TAnswer>(string text, CallContext call, string key)
    {
        var parts = new Parts(Convert.FromBase64String(text));
        var plain = new byte[parts.Cipher.Length];
        using var aes = new AesGcm(SealKey(call, key), TagSize);
        aes.Decrypt(parts.Nonce, parts.Cipher, parts.Tag, plain);
        var answer = JsonSerializer.Deserialize(plain, ReceiptJson.TypeInfo<TAnswer>())!;
        CryptographicOperations.ZeroMemory(plain);
        return answer;
    }

    private byte[] SealKey(CallContext call, string key) => Convert.FromHexString(Mac(sealKey, call, key));

    /// <summary>Idempotency keys of different callers have nothing to do with each other.</summary>
    private static string Mac(byte[] macKey, CallContext call, string key) => Convert.ToHexStringLower(
        HMACSHA256.HashData(macKey, Encoding.UTF8.GetBytes($"{call.Actor.Type}\n{call.Actor.Id}\n{key}")));

    private static string Hash(RepeatableRequest request)
    {
        var body = request.Body is null
            ? "" : JsonSerializer.Serialize(request.Body, ReceiptJson.TypeInfo(request.Body.GetType()));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Operation}\n{body}")));
    }

    private readonly ref struct Parts(Span<byte> sealedAnswer)
    {
        public Span<byte> Nonce { get; } = sealedAnswer[..NonceSize];

        public Span<byte> Tag { get; } = sealedAnswer.Slice(NonceSize, TagSize);

        public Span<byte> Cipher { get; } = sealedAnswer[(NonceSize + TagSize)..];
    }
}
