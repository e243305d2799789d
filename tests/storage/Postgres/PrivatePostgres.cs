using System.Globalization;
using Npgsql;
using Tumbler.Storage.Postgres;
using Tumbler.Tests.Postgres;

[assembly: AssemblyFixture(typeof(Tumbler.Storage.Tests.Postgres.PrivatePostgres))]

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>A PostgreSQL that starts when the first test needs it, with databases for each test of its own.</summary>
public sealed class PrivatePostgres : IDisposable
{
    public const string Owner = PostgresCluster.Owner;
    public const string Runtime = PostgresCluster.Runtime;

    private readonly Lazy<PostgresCluster> cluster = new(() => new PostgresCluster());
    private readonly Lazy<string> migrated;
    private int databases;

    public PrivatePostgres() => migrated = new(NewTemplate);

    public int Port => cluster.Value.Port;

    public string ConnectionString(string user, string database) => cluster.Value.ConnectionString(user, database);

    /// <summary>For its superuser.</summary>
    public string Admin(string database = "postgres") => ConnectionString("postgres", database);

    /// <summary>A database without tables, which <see cref="Owner"/> owns.</summary>
    public string NewDatabase() => NewDatabase("template1");

    /// <summary>One with the newest schema, which the product made; a copy takes a fraction of the time.</summary>
    public string NewMigratedDatabase() => NewDatabase(migrated.Value);

    public static void Execute(string connectionString, string sql, int timeoutSeconds = 30)
    {
        using var source = NpgsqlDataSource.Create(connectionString);
        using var command = source.CreateCommand(sql);
        command.CommandTimeout = timeoutSeconds;
        command.ExecuteNonQuery();
    }

    private string NewDatabase(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        Execute(Admin(), $"CREATE DATABASE {name} OWNER {Owner} TEMPLATE {template}");
        return name;
    }

    /// <summary>Nobody gets into it: a database that somebody is in is not copied.</summary>
    private string NewTemplate()
    {
        var name = NewDatabase();
        Stores.Open(ConnectionString(Owner, name), Stores.Options with { Migrate = true }).Dispose();
        Execute(Admin(), $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
        return name;
    }

    public void Start() => cluster.Value.Start();

    public void Crash() => cluster.Value.Crash();

    public void Dispose()
    {
        if (cluster.IsValueCreated)
            cluster.Value.Dispose();
    }
}
