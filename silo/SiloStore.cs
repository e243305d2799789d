using Tumbler.Engine.Store;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Journal;
using Tumbler.Storage.Postgres;

namespace Tumbler.Silo;

/// <summary>Where state is kept, and what makes the data directory this process's own.</summary>
internal sealed class SiloStore : IDisposable
{
    private readonly IDisposable?[] held;

    private SiloStore(IStore store, params IDisposable?[] held) => (Store, this.held) = (store, held);

    public IStore Store { get; }

    /// <summary>Null where the store is nobody else's.</summary>
    public IClusterRows? Cluster => (Store as PostgresStore)?.Cluster;

    /// <returns>Null after it complained.</returns>
    public static SiloStore? Open(SiloSettings settings, ILoggerFactory logging, Complaints complaints)
    {
        var opened = settings.Storage.Postgres is { } postgres
            ? OpenPostgres(settings, postgres, logging, out var error)
            : OpenJournal(settings.Storage, logging, out error);
        if (opened is null)
            complaints.Add(error!);
        return opened;
    }

    public void Dispose()
    {
        foreach (var each in held)
            each?.Dispose();
    }

    /// <summary>For a command beside a server that may be running: a journal has to itself what it opens, a database has not.</summary>
    /// <inheritdoc cref="Open"/>
    public static SiloStore? OpenBeside(StorageOptions storage, ILoggerFactory logging, Complaints complaints)
    {
        SettingError? error;
        SiloStore? opened = null;
        if (storage.Postgres is { } postgres)
        {
            var options = new PostgresOptions { Migrate = false, StatementTimeout = postgres.StatementTimeout };
            error = PostgresStore.TryOpen(
                postgres.ConnectionString.Reveal(), options, logging.CreateLogger<PostgresStore>(), out var store, out var failure)
                    ? null
                    : PostgresSettings.NotOpened(failure);
            opened = store is null ? null : new SiloStore(store, store);
        }
        else if (Directory.Exists(storage.Directory))
        {
            opened = OpenJournal(storage, logging, out error);
        }
        else
        {
            error = new SettingError(StorageOptions.DirectorySetting, $"The data directory '{storage.Directory}' does not exist.");
        }

        if (opened is null)
            complaints.Add(error!);
        return opened;
    }

    private static SiloStore? OpenJournal(StorageOptions storage, ILoggerFactory logging, out SettingError? error)
    {
        var opened = Journal.TryOpen(storage.Directory, logging.CreateLogger<Journal>(), out var journal, out var failure);
        error = opened ? null : new SettingError(StorageOptions.DirectorySetting, failure!.Message);
        return opened ? new SiloStore(journal!, journal) : null;
    }

    private static SiloStore? OpenPostgres(SiloSettings settings, PostgresSettings postgres, ILoggerFactory logging, out SettingError? error)
    {
        DirectoryLock? directory = null;
        if (settings.Development && !TryLock(settings.Storage.Directory, out directory, out error))
            return null;

        var options = new PostgresOptions { Migrate = postgres.Migrate, StatementTimeout = postgres.StatementTimeout };
        var opened = PostgresStore.TryOpen(
            postgres.ConnectionString.Reveal(), options, logging.CreateLogger<PostgresStore>(), out var store, out var failure);
        error = opened ? null : PostgresSettings.NotOpened(failure!);
        if (opened)
            return new SiloStore(store!, store, directory);
        directory?.Dispose();
        return null;
    }

    /// <summary>Development keeps its self-made secrets there; production has no use for it.</summary>
    private static bool TryLock(string path, out DirectoryLock? directory, out SettingError? error)
    {
        (directory, error) = (null, null);
        try
        {
            directory = DirectoryLock.TryTake(path);
            if (directory is null)
                error = new SettingError(StorageOptions.DirectorySetting, $"The data directory '{path}' is in use by another process.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = new SettingError(StorageOptions.DirectorySetting, $"The data directory '{path}' can't be used: {e.Message}");
        }

        return error is null;
    }
}
