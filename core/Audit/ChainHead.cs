using System.Buffers;
using System.Text.Json;

namespace Tumbler.Core.Audit;

/// <summary>Where a chain ends: a leaf of a checkpoint's tree. Leaves stand in the ordinal order of their chains.</summary>
public sealed record ChainHead(string Chain, AuditHead Head)
{
    /// <summary>The leaf: canonical JSON (RFC 8785) of <c>{chain, hash, seq}</c>.</summary>
    public byte[] Leaf()
    {
        var leaf = new ArrayBufferWriter<byte>(160);
        AuditForm.Member(leaf, "{\"chain\":"u8, Chain);
        AuditForm.Member(leaf, ",\"hash\":"u8, Head.Hash);
        AuditForm.Number(leaf, ",\"seq\":"u8, Head.Seq);
        leaf.Write("}"u8);
        return leaf.WrittenSpan.ToArray();
    }

    /// <summary>Only of what <see cref="Leaf"/> writes, byte for byte.</summary>
    public static ChainHead? Parse(ReadOnlyMemory<byte> leaf)
    {
        try
        {
            using var json = JsonDocument.Parse(leaf);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("chain", out var chain) && chain.ValueKind == JsonValueKind.String
                && json.RootElement.TryGetProperty("hash", out var hash) && hash.ValueKind == JsonValueKind.String
                && json.RootElement.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number && seq.TryGetInt64(out var number)
                && new ChainHead(chain.GetString()!, new AuditHead(number, hash.GetString()!)) is var head
                && head.Leaf().AsSpan().SequenceEqual(leaf.Span))
            {
                return head;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, or a string that is no text.
        }

        return null;
    }
}
