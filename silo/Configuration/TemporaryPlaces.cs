namespace Tumbler.Silo.Configuration;

/// <summary>Directories whose content does not outlive a restart of the machine, or somebody's cleaning up.</summary>
internal static class TemporaryPlaces
{
    private static readonly string[] Roots = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/var/run"];

    private static readonly string[] InMemory = ["tmpfs", "ramfs"];

    /// <returns>What is wrong with it, or null.</returns>
    public static string? Problem(string fullPath)
    {
        if (Roots.Append(Path.GetTempPath()).Any(root => IsBelow(fullPath, Path.TrimEndingDirectorySeparator(root))))
            return "is a directory for temporary files";
        return IsInMemory(fullPath) ? "is in memory" : null;
    }

    private static bool IsBelow(string path, string root) =>
        path == root || path.StartsWith($"{root}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static bool IsInMemory(string path)
    {
        var existing = new DirectoryInfo(path);
        while (existing is { Exists: false, Parent: not null })
            existing = existing.Parent;
        try
        {
            return InMemory.Contains(new DriveInfo(existing.FullName).DriveFormat, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
