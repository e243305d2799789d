using System.Diagnostics.CodeAnalysis;
using Tumbler.Storage.Journal;

namespace Tumbler.Storage.Tests.Journal;

/// <summary>A data directory of its own, and the journal in it.</summary>
internal sealed class JournalFixture : IDisposable
{
    // In memory where there is such a place: every start and every save flushes, and hundreds of starts would wait for the disk.
    // That they flush is what FaultyFile sees; what a flush is good for shows only when a machine falls.
    private const string Memory = "/dev/shm";

    private Storage.Journal.Journal? journal;

    public string Directory { get; } = NewDirectory();

    public string File => Path.Combine(Directory, "journal.jsonl");

    public Storage.Journal.Journal Journal => journal ??= Open();

    public FaultyFile? Device { get; private set; }

    public KeptLog Log { get; } = new();

    public Storage.Journal.Journal Open()
    {
        Assert.True(TryOpen(out journal, out var failure), failure?.Message);
        return journal;
    }

    /// <summary>Null when it is refused.</summary>
    public Storage.Journal.Journal? OpenIfPossible() => TryOpen(out journal, out _) ? journal : null;

    /// <summary>Why it does not open.</summary>
    public string Refusal()
    {
        Assert.False(TryOpen(out _, out var failure));
        return failure.Message;
    }

    public void Close()
    {
        journal?.Dispose();
        journal = null;
    }

    public void Restart()
    {
        Close();
        Open();
    }

    /// <summary>Closes the journal and gives its bytes.</summary>
    public byte[] Bytes()
    {
        Close();
        return System.IO.File.ReadAllBytes(File);
    }

    /// <summary>Each line's offset, and the file's length.</summary>
    public static int[] LineOffsets(byte[] bytes) =>
        [0, .. bytes.Index().Where(b => b.Item == '\n').Select(b => b.Index + 1)];

    public void Dispose()
    {
        Close();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static string NewDirectory()
    {
        if (OperatingSystem.IsWindows() || !System.IO.Directory.Exists(Memory))
            return System.IO.Directory.CreateTempSubdirectory("tumbler-journal-").FullName;
        var path = Path.Combine(Memory, $"tumbler-journal-{Path.GetRandomFileName()}");
        return System.IO.Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private bool TryOpen(
        [NotNullWhen(true)] out Storage.Journal.Journal? opened, [NotNullWhen(false)] out JournalOpenFailure? failure) => Storage.Journal.Journal.TryOpen(
        Directory, Log, file => Device = new FaultyFile(file), out opened, out failure);
}
