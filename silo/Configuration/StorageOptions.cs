namespace Tumbler.Silo.Configuration;

/// <param name="Kind">Where state is kept; default <c>journal</c>.</param>
/// <param name="Directory">Absolute path of the data directory; default <c>data</c> in the current directory. One process
/// at a time may use it.</param>
/// <param name="Postgres">Null unless state is kept there.</param>
public sealed record StorageOptions(StorageKind Kind, string Directory, PostgresSettings? Postgres)
{
    internal const string KindSetting = "Storage:Kind";

    internal const string DirectorySetting = "Storage:Journal:Directory";

    internal static StorageOptions Read(SettingsReader settings)
    {
        var kind = settings.OneOf<StorageKind>(KindSetting) ?? StorageKind.Journal;
        return new StorageOptions(
            kind,
            settings.FullPath(DirectorySetting) ?? settings.FullPathOf("data"),
            PostgresSettings.Read(settings, kind));
    }
}
