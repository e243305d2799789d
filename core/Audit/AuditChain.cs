using System.Collections.Immutable;
using System.Security.Cryptography;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Privacy;

namespace Tumbler.Core.Audit;

/// <summary>Numbered entries that hold each other's hashes. Changing, removing, adding or moving one is seen by
/// <see cref="Verify"/>; forging one takes the <see cref="AuditKey"/>.</summary>
public static class AuditChain
{
    /// <summary>Turns what a decision says into entries after <paramref name="head"/>, and gives the new head.</summary>
    /// <param name="now">Recorded in whole milliseconds.</param>
    public static (IReadOnlyList<AuditEntry> Entries, AuditHead Head) Append(
        string chain, AuditHead head, IReadOnlyList<AuditDraft> drafts, CallContext call, DateTimeOffset now, AuditKey key)
    {
        var entries = new List<AuditEntry>(drafts.Count);
        foreach (var draft in drafts)
        {
            var cause = draft.Cause ?? call;
            var entry = Seal(
                new AuditEntry(
                    chain, head.Seq + 1, WholeMilliseconds(draft.At ?? now), draft.Org?.Value, cause.Actor, draft.Action,
                    draft.ResourceType, draft.ResourceId, draft.Status, cause.RequestId, cause.Source,
                    Redacted(draft.Details), head.Hash, Hash: "", Mac: ""),
                key);
            entries.Add(entry);
            head = new AuditHead(entry.Seq, entry.Hash);
        }

        return (entries, head);
    }

    /// <summary>The first place that does not verify, or null. Reads the entries once and keeps none.</summary>
    /// <param name="expectedHead">Where the chain's owner knows it to end.</param>
    public static AuditFault? Verify(
        string chain, IEnumerable<AuditEntry> entriesInOrder, AuditHead expectedHead, AuditKey key)
    {
        var verifier = new AuditChainVerifier(chain, key);
        foreach (var entry in entriesInOrder)
        {
            if (verifier.Next(entry) is { } fault)
                return fault;
        }

        return verifier.End(expectedHead);
    }

    /// <summary>Whoever drafts leaves out what must not be shown; this is for what was forgotten, and for what callers write as a reason.</summary>
    private static ImmutableSortedDictionary<string, string> Redacted(IReadOnlyDictionary<string, string> details) =>
        details.ToImmutableSortedDictionary(detail => detail.Key, detail => Redaction.Value(detail.Key, detail.Value), StringComparer.Ordinal);

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>The entry with the hash and MAC that belong to what it says.</summary>
    internal static AuditEntry Seal(AuditEntry entry, AuditKey key)
    {
        var hash = Hash(entry);
        return entry with { Hash = Convert.ToHexStringLower(hash), Mac = key.Mac(hash) };
    }

    /// <exception cref="FormatException">A string holds a lone surrogate.</exception>
    internal static byte[] Hash(AuditEntry entry) => SHA256.HashData(AuditForm.Of(entry));
}
