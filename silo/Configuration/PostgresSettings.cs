using Tumbler.Storage.Postgres;

namespace Tumbler.Silo.Configuration;

/// <param name="ConnectionString">As Npgsql has it, with the password.</param>
/// <param name="Migrate">Whether the start brings the schema up to date; default in development only, because in
/// production the service's own role can't.</param>
/// <param name="StatementTimeout">How long the server works on one statement, 1 s to 60 s; default 10 s.</param>
public sealed record PostgresSettings(SecretText ConnectionString, bool Migrate, TimeSpan StatementTimeout)
{
    internal const string ConnectionSetting = "Storage:Postgres:ConnectionString";

    internal static SettingError NotOpened(PostgresOpenFailure failure) => new(ConnectionSetting, failure.Message) { MayPass = failure.MayPass };

    /// <returns>Null when state is kept elsewhere, or after an error.</returns>
    internal static PostgresSettings? Read(SettingsReader settings, StorageKind kind)
    {
        var migrate = settings.Boolean("Storage:Postgres:Migrate") ?? settings.Development;
        var timeout = settings.Duration("Storage:Postgres:StatementTimeout", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        if (kind == StorageKind.Postgres)
        {
            var connection = settings.Secret(
                ConnectionSetting, text => settings.Development ? null : DefaultPasswords.OfPostgres(text), selfMade: false, SettingKind.HoldsSecret);
            return connection is null ? null : new PostgresSettings(connection, migrate, timeout ?? TimeSpan.FromSeconds(10));
        }

        settings.RefuseGiven(ConnectionSetting, "is given, but Storage:Kind is not postgres");
        return null;
    }
}
