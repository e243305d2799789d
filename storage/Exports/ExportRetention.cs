using Tumbler.Core.Retention;

namespace Tumbler.Storage.Exports;

/// <summary>Deletes the exports that have had their time. Only folders <c>YYYY-MM-DD/uuid</c> that lie really there: no link,
/// no file, no other name. A day's folder goes when nothing is left in it.</summary>
public sealed class ExportRetention(string root, TimeSpan keep)
{
    /// <summary>The folders that would go now, oldest first.</summary>
    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public IReadOnlyList<string> Expired(DateTimeOffset now)
    {
        var top = new DirectoryInfo(root);
        return !top.Exists
            ? []
            :
            [
                .. from day in RealFolders(top)
                   where ExportAge.IsExpiredDay(day.Name, now, keep)
                   from export in RealFolders(day)
                   where ExportAge.IsExport(export.Name)
                   orderby export.FullName
                   select export.FullName,
            ];
    }

    /// <summary>Deletes them. Dying in between leaves the rest for the next time.</summary>
    /// <returns>The folders that are gone.</returns>
    public IReadOnlyList<string> Delete(DateTimeOffset now)
    {
        var expired = Expired(now);
        foreach (var export in expired)
        {
            // Links in it are deleted, never followed.
            Directory.Delete(export, recursive: true);
            var day = Path.GetDirectoryName(export)!;
            if (!Directory.EnumerateFileSystemEntries(day).Any())
                Directory.Delete(day);
        }

        return expired;
    }

    private static IEnumerable<DirectoryInfo> RealFolders(DirectoryInfo parent) =>
        parent.EnumerateDirectories().Where(folder => !folder.Attributes.HasFlag(FileAttributes.ReparsePoint));
}
