using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;

namespace Tumbler.Engine.Audit;

/// <summary>Leads a verifier through a log: chains and entries, both in the order of the chains' names, each read once.</summary>
public static class LogWalk
{
    /// <summary>Often enough to see it move, seldom enough to cost nothing.</summary>
    public const int ProgressStep = 100_000;

    /// <param name="progress">Told now and then.</param>
    /// <param name="each">Gets every entry once it has verified.</param>
    /// <param name="only">Leaves out what it says no to.</param>
    /// <returns>The first fault, or null.</returns>
    public static async ValueTask<AuditFault?> Verify(
        AuditLogVerifier verifier,
        IAsyncEnumerable<ChainEnds> chains,
        IAsyncEnumerable<StoredAuditEntry> entries,
        Func<AuditLogVerifier, ValueTask> progress,
        Func<AuditEntry, ValueTask>? each = null,
        Func<ChainEnds, StoredAuditEntry, bool>? only = null)
    {
        await using var entry = entries.GetAsyncEnumerator();
        var more = await entry.MoveNextAsync();
        await foreach (var chain in chains)
        {
            if (verifier.Open(chain) is { } wrong)
                return wrong;
            for (; more && verifier.Takes(entry.Current); more = await entry.MoveNextAsync())
            {
                if (only?.Invoke(chain, entry.Current) == false)
                    continue;
                if (verifier.Next(entry.Current) is { } fault)
                    return fault;
                if (each is not null)
                    await each(entry.Current.Entry!);
                if (verifier.Entries % ProgressStep == 0)
                    await progress(verifier);
            }

            if (verifier.Close() is { } end)
                return end;
        }

        return more ? AuditLogVerifier.Orphan(entry.Current) : null;
    }
}
