using System.Net.Sockets;
using Npgsql;

namespace Tumbler.Storage.Postgres;

/// <summary>The first connection to a database, which says in words what can't be had.</summary>
internal static class PostgresOpening
{
    /// <summary>The oldest version that is tested.</summary>
    private const int OldestServer = 15;

    /// <param name="id">Which database this is.</param>
    /// <returns>Null when it is ready.</returns>
    public static PostgresOpenFailure? Prepare(NpgsqlDataSource database, PostgresOptions options, out Guid id)
    {
        var store = default(Guid);
        var failure = Try(database, connection =>
        {
            if (Schema.Prepare(connection, options.Migrate) is { } problem)
                return problem;
            store = Schema.IdOf(connection);
            return null;
        });
        id = store;
        return failure;
    }

    /// <summary>Changes nothing. What the options let a start bring up to date is no failure.</summary>
    public static PostgresOpenFailure? Look(NpgsqlDataSource database, PostgresOptions options) => Try(
        database, connection => options.Migrate && Schema.VersionOf(connection) < Schema.Newest ? null : Schema.Prepare(connection, migrate: false));

    /// <param name="report">Null after a failure.</param>
    public static PostgresOpenFailure? Migrate(NpgsqlDataSource database, PostgresOptions options, out PostgresMigration? report)
    {
        PostgresMigration? done = null;
        var failure = Try(database, connection =>
        {
            var from = Schema.VersionOf(connection);
            if (Schema.Prepare(connection, options.Migrate) is { } problem)
                return problem;
            done = new PostgresMigration(from, Schema.Newest);
            return null;
        });
        report = done;
        return failure;
    }

    /// <param name="prepare">Says what is wrong, or null.</param>
    private static PostgresOpenFailure? Try(NpgsqlDataSource database, Func<NpgsqlConnection, string?> prepare)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        try
        {
            using var connection = database.OpenConnection();
            var problem = connection.PostgreSqlVersion.Major < OldestServer
                ? $"is PostgreSQL {connection.PostgreSqlVersion}; {OldestServer} or later is needed"
                : prepare(connection);
            return problem is null ? null : Failure(settings, problem);
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            return Failure(settings, Reason(e, settings)) with { MayPass = e is NpgsqlException { IsTransient: true } or TimeoutException };
        }
    }

    private static PostgresOpenFailure Failure(NpgsqlConnectionStringBuilder settings, string problem) =>
        new($"Database '{settings.Database}' at {settings.Host}:{settings.Port} {problem}.");

    private static string Reason(Exception e, NpgsqlConnectionStringBuilder settings) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } =>
            $"refuses user '{settings.Username}': the password is wrong or there is no such user",
        PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"refuses user '{settings.Username}': there is no such user, or pg_hba.conf does not let it in from here",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "does not exist",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"does not give user '{settings.Username}' the rights it needs: {denied.MessageText}",
        PostgresException other => $"can't be used: {other.MessageText} ({other.SqlState})",
        { InnerException: SocketException socket } => $"can't be reached: {socket.Message}",
        { InnerException: TimeoutException } or TimeoutException => "can't be reached: no answer in time",

        // Npgsql's own refusals, such as a missing password. None of them quotes one.
        _ => $"can't be used: {e.Message.TrimEnd('.')}",
    };
}
