namespace Tumbler.Storage.Exports;

/// <summary>The files of one export, whoever wrote them.</summary>
internal sealed class ExportFiles(string folder)
{
    private const int MaxSmallFile = 1024 * 1024;

    public bool Has(string file) => File.Exists(Path.Combine(folder, file));

    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public FileStream Open(string file) => new(Path.Combine(folder, file), FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Null when it is longer than any of ours.</summary>
    /// <inheritdoc cref="Open"/>
    public byte[]? Small(string file)
    {
        using var stream = Open(file);
        if (stream.Length > MaxSmallFile)
            return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
