using System.Globalization;
using Tumbler.Engine.Audit;

namespace Tumbler.Storage.Exports;

/// <summary>Exports as folders <c>YYYY-MM-DD/uuid</c> below one directory, for their owner only. What is being written has
/// another shape of name, so that nobody who looks for exports takes it for one.</summary>
public sealed class ExportFolders(string root) : IExportFolders
{
    private const string DraftPrefix = ".draft-";
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public IExportDraft Begin(DateTimeOffset requestedAt, Guid id)
    {
        Discard(id);
        CreateDirectory(root);
        CreateDirectory(DraftOf(id));
        return new ExportDraft(DraftOf(id), FolderOf(requestedAt, id), CreateDirectory);
    }

    public void Discard(Guid id)
    {
        if (Directory.Exists(DraftOf(id)))
            Directory.Delete(DraftOf(id), recursive: true);
    }

    public Stream? Open(DateTimeOffset requestedAt, Guid id, string file)
    {
        try
        {
            return new FileStream(Path.Combine(FolderOf(requestedAt, id), file), FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string FolderOf(DateTimeOffset requestedAt, Guid id) => Path.Combine(
        root, requestedAt.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), id.ToString("D"));

    private string DraftOf(Guid id) => Path.Combine(root, $"{DraftPrefix}{id:D}");

    private static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner);
    }
}
