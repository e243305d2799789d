namespace Tumbler.Storage.Journal;

/// <summary>Keeps a second process out of the data directory. The lock belongs to the open file, so the system gives it
/// back when its holder dies, however it dies; the file itself stays and means nothing.</summary>
public sealed class DirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DirectoryLock(FileStream file) => this.file = file;

    /// <summary>For who keeps other things there than a journal.</summary>
    /// <param name="directory">Created, for this user only, when it is not there.</param>
    /// <inheritdoc cref="TryTake(JournalFiles)"/>
    public static DirectoryLock? TryTake(string directory)
    {
        var files = new JournalFiles(directory);
        files.CreateDirectory();
        return TryTake(files);
    }

    /// <summary>Null when the directory is taken.</summary>
    /// <exception cref="IOException">The file can't be opened, or this file system does not lock.</exception>
    /// <exception cref="UnauthorizedAccessException"/>
    internal static DirectoryLock? TryTake(JournalFiles files)
    {
        if (OpenAlone(files.Lock) is not { } file)
            return null;

        // Where locks are not supported the runtime goes on without a word, and two processes would write one journal.
        // A lock that works keeps out this second try as well.
        using var second = OpenAlone(files.Lock);
        if (second is null)
            return new DirectoryLock(file);
        file.Dispose();
        throw new IOException("The file system does not support locks (or the runtime was told not to use them).");
    }

    public void Dispose() => file.Dispose();

    private static FileStream? OpenAlone(string path)
    {
        try
        {
            return new FileStream(path, JournalFiles.Private(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException e) when (IsTaken(e))
        {
            return null;
        }
    }

    // EWOULDBLOCK of flock(2), and ERROR_SHARING_VIOLATION.
    private static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
