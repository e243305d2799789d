using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tumbler.Storage.Postgres;

[assembly: AssemblyFixture(typeof(Tumbler.Storage.Tests.Postgres.PrivatePostgres))]

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>A PostgreSQL of these tests' own: real, with fsync, on a port and in a directory of its own. It starts when
/// the first test needs it.</summary>
public sealed class PrivatePostgres : IDisposable
{
    public const string Owner = "tumbler_owner";
    public const string Runtime = "tumbler";
    public const string Password = "pass;word='\"secret-of-these-tests";

    private static readonly bool IsRoot = Environment.UserName == "root";

    private readonly Lazy<string> directory;
    private int databases;

    public PrivatePostgres()
    {
        directory = new Lazy<string>(Create);
    }

    public int Port { get; private set; }

    /// <summary>For its superuser.</summary>
    public string Admin(string database = "postgres") => ConnectionString("postgres", database);

    public string ConnectionString(string user, string database)
    {
        _ = directory.Value;
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Username = user, Password = Password, Database = database, Timeout = 5,
        }.ConnectionString;
    }

    /// <summary>A database without tables, which <see cref="Owner"/> owns.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        Execute(Admin(), $"CREATE DATABASE {name} OWNER {Owner}");
        return name;
    }

    /// <summary>One with the newest schema.</summary>
    public string NewMigratedDatabase()
    {
        var name = NewDatabase();
        Assert.True(PostgresStore.TryOpen(
            ConnectionString(Owner, name), new PostgresOptions { Migrate = true }, NullLogger<PostgresStore>.Instance,
            out var store, out var failure), failure?.Message);
        store.Dispose();
        return name;
    }

    public static void Execute(string connectionString, string sql)
    {
        using var source = NpgsqlDataSource.Create(connectionString);
        using var command = source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    public void Start() => Run("pg_ctl", "start", "-w", "-s", "-D", Data, "-l", Path.Combine(directory.Value, "log"));

    /// <summary>As if the power had failed: nobody gets an answer, nothing is written.</summary>
    public void Crash() => Run("pg_ctl", "stop", "-m", "immediate", "-w", "-s", "-D", Data);

    public void Dispose()
    {
        if (!directory.IsValueCreated)
            return;
        Crash();
        Directory.Delete(directory.Value, recursive: true);
    }

    private string Data => Path.Combine(directory.Value, "data");

    private string Create()
    {
        var top = Directory.CreateTempSubdirectory("tumbler-postgres-").FullName;
        var passwordFile = Path.Combine(top, "password");
        File.WriteAllText(passwordFile, Password);
        if (IsRoot)
            RunAs(null, "chown", "-R", "postgres", top);

        var data = Path.Combine(top, "data");
        Port = FreePort();
        Run("initdb", "-D", data, "-U", "postgres", "--auth=scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "--locale=C");
        File.AppendAllText(Path.Combine(data, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = '{top}'
            max_connections = 200
            shared_buffers = 64MB

            """));
        Run("pg_ctl", "start", "-w", "-s", "-D", data, "-l", Path.Combine(top, "log"));

        var admin = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Username = "postgres", Password = Password, Database = "postgres",
        }.ConnectionString;
        var password = Password.Replace("'", "''", StringComparison.Ordinal);
        Execute(admin, $"""
            CREATE ROLE tumbler_runtime NOLOGIN;
            CREATE ROLE {Owner} LOGIN PASSWORD '{password}';
            CREATE ROLE {Runtime} LOGIN PASSWORD '{password}' IN ROLE tumbler_runtime;
            """);
        return top;
    }

    private static void Run(string program, params string[] arguments)
    {
        var versions = Directory.GetDirectories("/usr/lib/postgresql").OrderBy(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
        RunAs(IsRoot ? "postgres" : null, Path.Combine(versions.Last(), "bin", program), arguments);
    }

    /// <param name="user">PostgreSQL refuses to run as root.</param>
    private static void RunAs(string? user, string program, params string[] arguments)
    {
        string[] line = user is null ? [program, .. arguments] : ["runuser", "-u", user, "--", program, .. arguments];

        // Its output goes nowhere: the server inherits it and would keep a pipe open for as long as it runs.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. line]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
