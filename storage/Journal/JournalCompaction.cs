namespace Tumbler.Storage.Journal;

/// <summary>Whether rewriting a journal is worth it. Superseded rows are dead; audit entries only when they were
/// pruned, and then they have to go from the file, whatever that costs.</summary>
internal static class JournalCompaction
{
    /// <summary>Below this a start reads the file faster than it could write another.</summary>
    public const long LeastDead = 1024 * 1024;

    public static bool Pays(JournalReplay replay)
    {
        if (replay.State.Pruned)
            return true;
        var dead = replay.Length - replay.State.Audit.Size;

        // The cheap bound first: to know what states take they have to be written.
        if (dead <= LeastDead || dead <= replay.Length / 2)
            return false;
        dead -= replay.State.StateCommits().Sum(commit => (long)commit.Length);

        // Half: every rewrite is paid by as many bytes that were appended since the last one.
        return dead > LeastDead && dead > replay.Length / 2;
    }
}
