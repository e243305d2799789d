using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Commits;

/// <summary>pgbench with one prepared statement: a row of the same size changes if it has the expected version, and an
/// audit row with the same columns and indexes is added. Its values are those of a row that our store has written.</summary>
internal sealed partial class Pgbench
{
    private static readonly string[] Values =
        ["time", "actor_type", "actor_id", "action", "resource_type", "status", "request_id", "source", "details", "prev_hash", "hash", "mac"];

    private readonly PostgresCluster cluster;
    private readonly string database;
    private readonly NpgsqlDataSource admin;
    private readonly List<string> variables = [];
    private int runs;

    public Pgbench(PostgresCluster cluster, string database)
    {
        (this.cluster, this.database) = (cluster, database);
        admin = NpgsqlDataSource.Create(cluster.ConnectionString("postgres", database));
        Scalar("""
            CREATE TABLE reference_state (id text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, body jsonb NOT NULL) WITH (fillfactor = 50);
            CREATE TABLE reference_audit (LIKE audit_entries INCLUDING ALL)
            """);
        Define("body", (string)Scalar("SELECT body::text FROM organizations LIMIT 1")!);
        foreach (var name in Values)
            Define(name, (string)Scalar($"SELECT {name}::text FROM audit_entries LIMIT 1")!);
    }

    /// <returns>Statements a second.</returns>
    public double Run(int seconds)
    {
        // Rows of this run's own: pgbench counts versions from a start that it is told.
        var prefix = string.Create(CultureInfo.InvariantCulture, $"run_{++runs}_");
        Scalar($"INSERT INTO reference_state (id, version, body) SELECT '{prefix}' || n, 0, (SELECT body FROM organizations LIMIT 1) FROM generate_series(0, {CommitsPath.Connections - 1}) n");
        var before = (long)Scalar("SELECT count(*) FROM reference_audit")!;

        var output = Output(seconds, prefix);

        var done = long.Parse(Done().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        var written = (long)Scalar("SELECT count(*) FROM reference_audit")! - before;
        if (done != written)
            throw new InvalidOperationException($"pgbench counts {done} statements, and {written} rows are there.");
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private string Output(int seconds, string prefix)
    {
        var script = Path.GetTempFileName();
        try
        {
            using (var from = typeof(Pgbench).Assembly.GetManifestResourceStream("one-statement.sql")!)
            using (var to = File.Create(script))
                from.CopyTo(to);
            var start = new ProcessStartInfo(PostgresCluster.Program("pgbench"))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PGPASSWORD"] = PostgresCluster.Password },
            };
            string[] arguments =
            [
                "--no-vacuum", "--protocol=prepared", $"--client={CommitsPath.Connections}", "--jobs=2", $"--time={seconds}",
                $"--file={script}", "--define=version=0", $"--define=prefix={prefix}", .. variables,
                "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={cluster.Port}"), "--username=postgres", database,
            ];
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench: {errors.GetAwaiter().GetResult()}");
        }
        finally
        {
            File.Delete(script);
        }
    }

    private void Define(string name, string value) => variables.Add($"--define={name}={value}");

    private object? Scalar(string sql)
    {
        using var command = admin.CreateCommand(sql);
        return command.ExecuteScalar();
    }

    [GeneratedRegex("number of transactions actually processed: ([0-9]+)")]
    private static partial Regex Done();

    [GeneratedRegex(@"tps = ([0-9.]+) \(without initial connection time\)")]
    private static partial Regex Rate();
}
