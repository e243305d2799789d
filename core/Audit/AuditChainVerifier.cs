using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>Verifies one chain, fed entry by entry, because a log's chains lie interleaved. Constant memory. After the
/// first fault it has nothing more to say: everything behind it is in doubt.</summary>
/// <param name="key">Null where MACs can't be recomputed.</param>
/// <param name="start">What the first entry has to follow; null: it is the chain's first ever.</param>
public sealed class AuditChainVerifier(string chain, AuditKey? key, AuditHead? start = null)
{
    private AuditHead head = start ?? AuditHead.Empty;

    /// <summary>How far the chain has verified.</summary>
    public AuditHead Head => head;

    /// <summary>Takes the next entry as the log has it, in the log's order.</summary>
    public AuditFault? Next(AuditEntry entry)
    {
        var seq = head.Seq + 1;
        if (Problem(entry, seq) is { } problem)
            return new AuditFault(chain, seq, problem);
        head = new AuditHead(entry.Seq, entry.Hash);
        return null;
    }

    /// <summary>After the last entry: is this the whole chain?</summary>
    public AuditFault? End(AuditHead expected)
    {
        if (head.Seq < expected.Seq)
            return new AuditFault(chain, head.Seq + 1, "The entry is missing: the log ends before it.");
        if (head.Seq > expected.Seq)
            return new AuditFault(chain, expected.Seq + 1, "The entry is beyond the end that the chain's owner knows.");
        return head == expected
            ? null
            : new AuditFault(chain, head.Seq, "The entry is not the one that the chain's owner knows as its last.");
    }

    private string? Problem(AuditEntry entry, long seq)
    {
        if (entry.Chain != chain)
            return "The entry belongs to another chain.";
        if (entry.Seq != seq)
            return $"The entry with this number was expected; number {entry.Seq} is in its place.";
        if (entry.PrevHash != head.Hash)
            return "The entry does not follow the one before it.";

        // The hash covers whole milliseconds; a finer time was not written by us.
        if (entry.Time.Ticks % TimeSpan.TicksPerMillisecond != 0)
            return "The entry's time is not in whole milliseconds.";

        byte[] hash;
        try
        {
            hash = AuditChain.Hash(entry);
        }
        catch (FormatException)
        {
            return "The entry holds text that is not valid Unicode.";
        }

        if (entry.Hash != Convert.ToHexStringLower(hash))
            return "The entry's content does not have its hash.";
        return key is null || SameMac(entry.Mac, key.Mac(hash)) ? null : "The entry's MAC is not the audit key's.";
    }

    private static bool SameMac(string stored, string computed) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(stored.AsSpan()), MemoryMarshal.AsBytes(computed.AsSpan()));
}
