using Tumbler.Engine.Audit;

namespace Tumbler.Storage.Exports;

internal sealed class ExportDraft(string draft, string target, Action<string> createDirectory) : IExportDraft
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public Stream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        return new FileStream(Path.Combine(draft, file), options);
    }

    public bool Has(string file) => File.Exists(Path.Combine(draft, file));

    public void Complete()
    {
        foreach (var file in Directory.GetFiles(draft))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }

        DirectoryFlush.Flush(draft);
        var day = Path.GetDirectoryName(target)!;
        createDirectory(day);

        // Dying up to here leaves a draft; after it the folder is whole, under its name.
        Directory.Move(draft, target);
        DirectoryFlush.Flush(day);
        DirectoryFlush.Flush(Path.GetDirectoryName(day)!);
    }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has no meaning, and whatever kept it from being written has been told.
        }
    }
}
