using Tumbler.Storage.Journal.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>Makes a journal as a whole: the first one of a directory, or a compacted one in place of another.</summary>
internal static class JournalDraft
{
    /// <summary>Large enough that flushing and framing cost nothing, small enough to hold in memory.</summary>
    private const int LineSize = 1024 * 1024;

    /// <summary>When this returns, the directory's journal is the new one; before, it is the old one, or none.</summary>
    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public static void Write(JournalFiles files, Guid journal, IEnumerable<byte[]> commits)
    {
        // A draft of somebody who died here has no meaning; it is overwritten.
        using (var draft = new FileStream(files.Draft, JournalFiles.Private(FileMode.Create, FileShare.None)))
        {
            draft.Write(JournalLine.Header(HeaderRow.CurrentFormat, journal));
            foreach (var (index, line) in Lines(commits).Index())
                draft.Write(JournalLine.Batch(index + 1, line));

            // Dying up to here leaves a draft beside the journal, which is untouched.
            draft.Flush(flushToDisk: true);
        }

        // Dying between the two calls leaves either name, as the file system pleases: both files are whole and say the same.
        File.Move(files.Draft, files.Journal, overwrite: true);
        DirectoryFlush.Flush(files.Directory);
    }

    private static IEnumerable<List<byte[]>> Lines(IEnumerable<byte[]> commits)
    {
        var (line, size) = (new List<byte[]>(), 0);
        foreach (var commit in commits)
        {
            line.Add(commit);
            size += commit.Length;
            if (size < LineSize)
                continue;
            yield return line;
            (line, size) = ([], 0);
        }

        if (line.Count > 0)
            yield return line;
    }
}
