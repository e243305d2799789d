using Tumbler.Silo.Configuration;
using Tumbler.Storage.Exports;

namespace Tumbler.Silo.Commands;

/// <summary>Deletes the exports that have had their time, or with <c>--dry-run</c> only names them.</summary>
internal static class RetentionCommand
{
    private const string DryRun = "--dry-run";

    /// <summary>Some could not be deleted.</summary>
    private const int Failed = 1;

    public static async Task<int> Run(CommandCall call)
    {
        var retention = await call.Settings(
            [.. call.Arguments.Where(argument => argument != DryRun)], reader => RetentionOptions.Read(reader, StorageOptions.Read(reader)));
        return retention is null
            ? call.Complaints.ExitCode
            : Run(new ExportRetention(retention.Exports, retention.KeepExports), call.Arguments.Contains(DryRun), call);
    }

    private static int Run(ExportRetention retention, bool dryRun, CommandCall call)
    {
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var folders = dryRun ? retention.Expired(now) : retention.Delete(now);
            foreach (var folder in folders)
                call.Output.WriteLine(folder);
            var (noun, verb) = folders.Count == 1 ? ("export", "is") : ("exports", "are");
            call.Errors.WriteLine($"{folders.Count} {noun} {(dryRun ? "would be" : verb)} deleted.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Errors.WriteLine($"Not all could be deleted: {e.Message}");
            return Failed;
        }
    }
}
