namespace Tumbler.Silo.Configuration;

/// <param name="Kind">Where state is kept; default <c>journal</c>.</param>
/// <param name="Directory">Absolute path of the data directory; default <c>data</c> in the current directory. One process
/// at a time may use it.</param>
/// <param name="Postgres">Null unless state is kept there.</param>
public sealed record StorageOptions(StorageKind Kind, string Directory, PostgresSettings? Postgres)
{
    internal const string KindSetting = "Storage:Kind";

    internal const string DirectorySetting = "Storage:Journal:Directory";
    private const string AllowTemporarySetting = "Storage:Journal:AllowTemporary";

    internal static StorageOptions Read(SettingsReader settings)
    {
        var kind = settings.OneOf<StorageKind>(KindSetting) ?? StorageKind.Journal;
        var directory = settings.FullPath(DirectorySetting) ?? settings.FullPathOf("data");
        if (!(settings.Boolean(AllowTemporarySetting) ?? false) && kind == StorageKind.Journal && TemporaryPlaces.Problem(directory) is { } problem)
            settings.RefuseInProduction(DirectorySetting, $"{directory} {problem}, which production refuses; {AllowTemporarySetting} lifts this");
        return new StorageOptions(
            kind,
            directory,
            PostgresSettings.Read(settings, kind));
    }
}
