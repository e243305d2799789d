using Tumbler.Engine;

namespace Tumbler.Silo.Configuration;

/// <summary>Small private files beside the journal. A file is there whole or not at all, whenever the process dies: it is
/// written under another name, flushed and renamed.</summary>
public sealed class DataDirectory(string path)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string PathOf(string name) => Path.Combine(path, name);

    public bool Has(string name) => File.Exists(PathOf(name));

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public bool IsOpenToOthers(string name) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(PathOf(name)) & Others) != 0;

    /// <returns>False when the file is already there, perhaps since a moment ago: then it is left as it is.</returns>
    public bool TryCreate(string name, string content)
    {
        if (Has(name))
            return false;
        var draft = WriteDraft(name, content);
        try
        {
            // Links the new name, which fails when it is taken: of two first starts at once, one makes the file.
            File.Move(draft, PathOf(name), overwrite: false);
            return true;
        }
        catch (IOException) when (Has(name))
        {
            File.Delete(draft);
            return false;
        }
    }

    public void Replace(string name, string content) => File.Move(WriteDraft(name, content), PathOf(name), overwrite: true);

    private string WriteDraft(string name, string content)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);

        var draft = PathOf($"{name}.{Chance.Uuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using var stream = new FileStream(draft, options);
        using var writer = new StreamWriter(stream);
        writer.Write(content);
        writer.Flush();
        stream.Flush(flushToDisk: true);
        return draft;
    }
}
