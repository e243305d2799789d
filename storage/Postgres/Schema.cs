using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Tumbler.Storage.Postgres;

/// <summary>The tables, and how they come to be: by migrations <c>0001-….sql</c> that are never changed once they have
/// left the house and that only go forward.</summary>
internal static class Schema
{
    /// <summary>Of all who start at once one migrates, the others wait and find it done. "tumbler" in ASCII.</summary>
    private const long MigrationLock = 0x74756d626c6572;

    private const string Grants = "runtime-grants.sql";

    private static readonly Assembly Assembly = typeof(Schema).Assembly;

    private static readonly string[] Migrations =
        [.. Assembly.GetManifestResourceNames().Where(name => char.IsAsciiDigit(name[0]) && name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The version this program knows.</summary>
    public static int Newest => Migrations.Length;

    /// <returns>What is wrong with the schema, or null.</returns>
    /// <exception cref="NpgsqlException"/>
    public static string? Prepare(NpgsqlConnection connection, bool migrate)
    {
        var version = VersionOf(connection);
        if (version < Newest && migrate)
            version = Migrate(connection);
        if (version > Newest)
            return $"has schema version {version}, made by a newer Tumbler; this one knows {Newest}";
        if (version < Newest)
            return $"has {(version == 0 ? "no schema" : $"schema version {version}")}, and version {Newest} is needed; run the command migrate with the role that owns the tables";
        return null;
    }

    /// <summary>Which database this is, for life.</summary>
    public static Guid IdOf(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT store FROM schema_version WHERE version = 1", connection);
        return (Guid)command.ExecuteScalar()!;
    }

    /// <summary>0 when there is none.</summary>
    public static int VersionOf(NpgsqlConnection connection)
    {
        // Not to_regclass: after waiting for the lock it may still answer from the server's cache of before.
        using var exists = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_version')", connection);
        if (!(bool)exists.ExecuteScalar()!)
            return 0;
        using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return (int)command.ExecuteScalar()!;
    }

    private static int Migrate(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();

        // It may take as long as it takes, and so may waiting for somebody else's.
        Execute(connection, "SET LOCAL statement_timeout = 0");
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({MigrationLock})"));
        var version = VersionOf(connection);
        if (version >= Newest)
            return version;

        Execute(connection, """
            CREATE TABLE IF NOT EXISTS schema_version (
                version integer PRIMARY KEY,
                applied_at timestamptz NOT NULL DEFAULT now(),
                store uuid NOT NULL DEFAULT gen_random_uuid())
            """);
        foreach (var migration in Migrations.Skip(version))
        {
            Execute(connection, Text(migration));
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version (version) VALUES ({++version})"));
        }

        Execute(connection, Text(Grants));

        // Dying up to here leaves the schema as it was.
        transaction.Commit();
        return version;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
