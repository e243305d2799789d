namespace Tumbler.Storage.Journal;

/// <summary>The files of a data directory. They hold encrypted keys and hashes of API keys: nobody but the owner reads
/// or writes them.</summary>
internal sealed class JournalFiles(string directory)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    public string Directory { get; } = Path.GetFullPath(directory);

    public string Journal => Path.Combine(Directory, "journal.jsonl");

    /// <summary>A journal that is being written and has no meaning yet.</summary>
    public string Draft => Path.Combine(Directory, "journal.jsonl.new");

    public string Lock => Path.Combine(Directory, "journal.lock");

    /// <summary>Where a torn line that began at <paramref name="offset"/> is kept; never a file that is there.</summary>
    public string Torn(long offset)
    {
        var path = Path.Combine(Directory, $"journal.torn-{offset}");
        for (var n = 2; File.Exists(path); n++)
            path = Path.Combine(Directory, $"journal.torn-{offset}-{n}");
        return path;
    }

    public void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(Directory);
        else
            System.IO.Directory.CreateDirectory(Directory, OwnerDirectory);
    }

    public static FileStreamOptions Private(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
            options.UnixCreateMode = OwnerFile;
        return options;
    }
}
