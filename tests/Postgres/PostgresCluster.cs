using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tumbler.Tests.Postgres;

/// <summary>A PostgreSQL of the tests' own: real, on a port and in a directory of its own, with the roles that the README has.</summary>
internal sealed class PostgresCluster : IDisposable
{
    public const string Owner = "tumbler_owner";
    public const string Runtime = "tumbler";
    public const string Superuser = "postgres";

    // What a connection string has to quote is in it.
    public const string Password = "pass;word='\"secret-of-these-tests";

    private static readonly bool IsRoot = Environment.UserName == "root";

    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-postgres-").FullName;

    /// <param name="roles">Whether it has the README's roles from the start.</param>
    /// <param name="flush">Whether a commit waits for the disk. What a killed server has written stays without that, for the
    /// kernel has it; only a machine that falls takes it along, and none does in a test.</param>
    public PostgresCluster(bool roles = true, bool flush = false)
    {
        var passwordFile = Path.Combine(directory, "password");
        File.WriteAllText(passwordFile, Password);
        if (IsRoot)
            RunAs(null, "chown", "-R", "postgres", directory);
        Run("initdb", "--no-sync", "-D", Data, "-U", Superuser, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "--locale=C");
        Port = FreePort();
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = '{directory}'
            max_connections = 200
            fsync = {(flush ? "on" : "off")}

            """));
        Start();
        if (!roles)
            return;

        var password = Password.Replace("'", "''", StringComparison.Ordinal);
        Sql("CREATE ROLE tumbler_runtime NOLOGIN");
        Sql($"CREATE ROLE {Owner} LOGIN PASSWORD '{password}'");
        Sql($"CREATE ROLE {Runtime} LOGIN PASSWORD '{password}' IN ROLE tumbler_runtime");
    }

    public int Port { get; }

    private string Data => Path.Combine(directory, "data");

    public string ConnectionString(string user, string database) => new DbConnectionStringBuilder
    {
        ["Host"] = "127.0.0.1", ["Port"] = Port, ["Username"] = user, ["Password"] = Password, ["Database"] = database, ["Timeout"] = 30,
    }.ConnectionString;

    private string DumpFile => Path.Combine(directory, "dump.sql");

    /// <summary>As its superuser.</summary>
    public void Sql(string sql, string database = "postgres") => Run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, Url(database));

    /// <summary>What <c>pg_dump</c> writes.</summary>
    public string Dump(string database)
    {
        Run("pg_dump", "-f", DumpFile, Url(database));
        return File.ReadAllText(DumpFile);
    }

    /// <summary>Reads the last dump into a database.</summary>
    public void Restore(string database) => Run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", DumpFile, Url(database));

    public void Start() => Run("pg_ctl", "start", "-w", "-s", "-D", Data, "-l", Path.Combine(directory, "log"));

    /// <summary>As if the power had failed: nobody gets an answer, nothing is written.</summary>
    public void Crash() => Run("pg_ctl", "stop", "-m", "immediate", "-w", "-s", "-D", Data);

    public void Dispose()
    {
        Crash();
        Directory.Delete(directory, recursive: true);
    }

    private string Url(string database) => string.Create(
        CultureInfo.InvariantCulture, $"postgresql://{Superuser}:{Uri.EscapeDataString(Password)}@127.0.0.1:{Port}/{database}");

    /// <summary>Where a program of the newest version is.</summary>
    public static string Program(string name)
    {
        var newest = Directory.GetDirectories("/usr/lib/postgresql").MaxBy(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
        return Path.Combine(newest!, "bin", name);
    }

    private static void Run(string program, params string[] arguments) =>
        RunAs(IsRoot ? "postgres" : null, Program(program), arguments);

    /// <param name="user">PostgreSQL refuses to run as root.</param>
    private static void RunAs(string? user, string program, params string[] arguments)
    {
        string[] line = user is null ? [program, .. arguments] : ["runuser", "-u", user, "--", program, .. arguments];

        // Its output goes nowhere: the server inherits it and would keep a pipe open for as long as it runs.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. line]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
