using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Tumbler.Engine;

namespace Tumbler.Storage.Journal;

/// <summary>Brings a locked directory's journal to where it can be appended to. Each step can be the last: the next start
/// does them all again, from what is on the disk.</summary>
internal sealed partial class JournalOpening(JournalFiles files, ILogger log)
{
    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public bool TryRecover(
        [NotNullWhen(true)] out JournalReplay? replay, [NotNullWhen(false)] out JournalOpenFailure? failure)
    {
        if (!File.Exists(files.Journal))
            JournalDraft.Write(files, Chance.Uuid(), []);
        else
            File.Delete(files.Draft);

        if (!TryRead(out replay, out failure))
            return false;
        if (replay.Torn)
            DropTorn(replay.Length);
        if (!JournalCompaction.Pays(replay))
            return true;

        var before = replay.Length;
        JournalDraft.Write(files, replay.Journal, replay.State.Commits());
        if (!TryRead(out replay, out failure))
            return false;
        LogCompacted(before, replay.Length);
        return true;
    }

    private bool TryRead(
        [NotNullWhen(true)] out JournalReplay? replay, [NotNullWhen(false)] out JournalOpenFailure? failure)
    {
        using var file = new FileStream(files.Journal, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var read = JournalReplay.TryRead(file, out replay, out var damage);
        failure = read ? null : new JournalOpenFailure(
            $"The journal '{files.Journal}' is damaged. {damage} Nothing was changed. Restore the file from a backup, or start with the version that wrote it.");
        return read;
    }

    /// <summary>Keeps the torn bytes aside: they are all that is left of changes nobody was told about.</summary>
    private void DropTorn(long length)
    {
        using var file = new FileStream(files.Journal, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var torn = files.Torn(length);
        using (var aside = new FileStream(torn, JournalFiles.Private(FileMode.CreateNew, FileShare.None)))
        {
            file.Position = length;
            file.CopyTo(aside);
            aside.Flush(flushToDisk: true);
        }

        // Dying here keeps them twice; the next start puts them aside under another name.
        DirectoryFlush.Flush(files.Directory);
        LogTorn(files.Journal, length, file.Length - length, torn);
        file.SetLength(length);

        // Before anything is appended, or a second crash could leave old and new bytes behind one another.
        file.Flush(flushToDisk: true);
    }

    [LoggerMessage(LogLevel.Warning, "The last line of {File}, at byte {Offset}, was torn by a crash: {Length} bytes, of changes that were never confirmed, were moved to {Aside}")]
    private partial void LogTorn(string file, long offset, long length, string aside);

    [LoggerMessage(LogLevel.Information, "The journal was compacted from {Before} to {After} bytes")]
    private partial void LogCompacted(long before, long after);
}
