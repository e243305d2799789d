using Tumbler.Silo.Configuration;
using Tumbler.Storage.Postgres;

namespace Tumbler.Silo.Commands;

/// <summary>Brings the database's schema up to date, by the role that owns the tables, and serves nothing. Needs no
/// setting but those of the storage.</summary>
internal static class MigrateCommand
{
    public static async Task<int> Run(CommandCall call)
    {
        var storage = await call.Settings(call.Arguments, StorageOptions.Read);
        return storage is not null && Migrate(storage, call) ? 0 : call.Complaints.ExitCode;
    }

    private static bool Migrate(StorageOptions storage, CommandCall call)
    {
        if (storage.Postgres is not { } postgres)
        {
            call.Complaints.Add(new SettingError(StorageOptions.KindSetting, "must be postgres; a journal has no schema to migrate"));
            return false;
        }

        var options = new PostgresOptions { Migrate = true, StatementTimeout = postgres.StatementTimeout };
        if (!PostgresMigration.TryRun(postgres.ConnectionString.Reveal(), options, out var report, out var failure))
        {
            call.Complaints.Add(PostgresSettings.NotOpened(failure));
            return false;
        }

        call.Output.WriteLine(report.From == report.To
            ? $"The schema is up to date: version {report.To}."
            : $"The schema is migrated from version {report.From} to {report.To}.");
        return true;
    }
}
