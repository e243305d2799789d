namespace Tumbler.Silo.Configuration;

/// <param name="ConnectionString">As Npgsql has it, with the password.</param>
/// <param name="Migrate">Whether the start brings the schema up to date; default in development only, because the
/// service's own role can't.</param>
public sealed record PostgresSettings(SecretText ConnectionString, bool Migrate)
{
    internal const string ConnectionSetting = "Storage:Postgres:ConnectionString";
    private const string MigrateSetting = "Storage:Postgres:Migrate";

    /// <returns>Null when it is not used, or after an error.</returns>
    internal static PostgresSettings? Read(SettingsReader settings, bool isUsed)
    {
        if (!isUsed)
        {
            settings.RefuseUnused(ConnectionSetting, "Storage:Kind is not postgres");
            settings.RefuseUnused($"{ConnectionSetting}_FILE", "Storage:Kind is not postgres");
            settings.RefuseUnused(MigrateSetting, "Storage:Kind is not postgres");
            return null;
        }

        var connection = settings.RequiredSecret(ConnectionSetting);
        var migrate = settings.Boolean(MigrateSetting) ?? settings.Development;
        return connection is null ? null : new PostgresSettings(connection, migrate);
    }
}
