namespace Tumbler.Silo.Configuration;

/// <param name="Exports">Absolute path of the folder of exports; default <c>exports</c> in the data directory.</param>
/// <param name="KeepExports">How long an export is kept, 1 to 3,650 days; default 14 days.</param>
public sealed record RetentionOptions(string Exports, TimeSpan KeepExports)
{
    internal static RetentionOptions Read(SettingsReader settings, StorageOptions storage) => new(
        settings.FullPath("Retention:Exports:Directory") ?? Path.Combine(storage.Directory, "exports"),
        settings.Duration("Retention:Exports:Keep", TimeSpan.FromDays(1), TimeSpan.FromDays(3650)) ?? TimeSpan.FromDays(14));
}
