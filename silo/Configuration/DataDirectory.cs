using System.Text;

namespace Tumbler.Silo.Configuration;

/// <summary>Small private files beside the journal. A file is there whole or not at all, whenever the process dies: it is
/// written under another name, flushed and renamed. Use it while holding the journal's lock: two processes that both find
/// a file missing would both write it, and one would go on with what is not there.</summary>
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

    public void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public void Write(string name, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);

        // What a start that died left behind may have any mode; a new file has the one it is made with.
        var draft = PathOf($"{name}.tmp");
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, PathOf(name), overwrite: true);
    }
}
