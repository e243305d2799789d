namespace Tumbler.Silo.Configuration;

/// <summary>Files that hold one secret and nothing else.</summary>
internal static class SecretFile
{
    /// <summary>Editors and <c>echo</c> end a file with a newline that is not part of the secret.</summary>
    public static string TrimNewline(string content) =>
        content.EndsWith("\r\n", StringComparison.Ordinal) ? content[..^2]
        : content.EndsWith('\n') ? content[..^1]
        : content;

    /// <param name="shown">The path as the settings have it.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(string path, out string? secret, string? shown = null)
    {
        shown ??= path;
        secret = null;
        try
        {
            var content = TrimNewline(File.ReadAllText(path));
            if (content.Length == 0)
                return $"the file {shown} is empty";
            secret = content;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the file {shown} can't be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : e.Message)}";
        }
    }

    /// <summary>What everybody on the machine may do with it, behind all links; (false, false) when that is not known.</summary>
    public static (bool Read, bool Write) Others(string path)
    {
        if (OperatingSystem.IsWindows())
            return default;
        try
        {
            using var file = File.OpenHandle(path);
            var mode = File.GetUnixFileMode(file);
            return ((mode & UnixFileMode.OtherRead) != 0, (mode & UnixFileMode.OtherWrite) != 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
