using System.Diagnostics;
using System.Net;
using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;
using Tumbler.Tests.Postgres;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>A real PostgreSQL, from before its tables are made until it is away. One story, because each step takes the one before.</summary>
public sealed class DatabaseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_database_is_found_empty_then_migrated_then_changed_by_hand_then_away()
    {
        using var postgres = new PostgresCluster();
        postgres.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        var connection = folder.Write("connection", postgres.ConnectionString(PostgresCluster.Owner, "tumbler"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(connection, UnixFileMode.UserRead);
        string[] settings = ["--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString_FILE", connection];

        Assert.Equal(["failure database-not-migrated"], await Inside("--Storage:Postgres:Migrate", "false"));
        Assert.Empty(await Inside("--Storage:Postgres:Migrate", "true"));
        Assert.StartsWith("The schema is migrated from version 0 to ", (await Script().Run(["migrate", .. settings])).Output, StringComparison.Ordinal);
        Assert.StartsWith("The schema is up to date: version ", (await Script().Run(["migrate", .. settings])).Output, StringComparison.Ordinal);
        Assert.Empty(await Inside("--Storage:Postgres:Migrate", "false"));

        await using var server = await SetUp.With(settings);
        Assert.Empty(await server.Findings(folder));
        Assert.Equal(0, (await server.Doctor(folder).Run("audit verify")).Code);

        Tamper(postgres);
        var changed = await server.Doctor(folder).Run("audit verify");
        Assert.Equal((1, ""), (changed.Code, changed.Output));
        Assert.StartsWith("tumbler: The log does not verify: chain ring:default, number 1: ", changed.Errors, StringComparison.Ordinal);
        var verdict = await server.Doctor(folder).Run("audit verify --json");
        Assert.Equal((1, ""), (verdict.Code, verdict.Errors));
        Assert.StartsWith("{\"valid\":false,", verdict.Output, StringComparison.Ordinal);

        postgres.Crash();
        try
        {
            await NotReady(server);
            Assert.Contains("failure store-away", await server.Findings(folder));
            Assert.Equal(["failure dependency-away"], await Inside());
        }
        finally
        {
            postgres.Start(); // What disposes of it stops it.
        }

        async Task<string[]> Inside(params string[] more) => SetUp.FindingsOf(await Script().Run(["doctor", "--inside", "--json", .. settings, .. more]));
    }

    private Script Script() => Scripts.Script.At(folder).With("TUMBLER_SERVER", OperatedServer.Program).With("DOTNET_ENVIRONMENT", "Development");

    /// <summary>As its superuser, whom nothing stops.</summary>
    private static void Tamper(PostgresCluster postgres)
    {
        postgres.Sql("ALTER TABLE audit_entries DISABLE TRIGGER append_only", "tumbler");
        postgres.Sql("UPDATE audit_entries SET source = 'elsewhere' WHERE chain = 'ring:default' AND seq = 1", "tumbler");
    }

    private static async Task NotReady(SetUp server)
    {
        var waiting = Stopwatch.StartNew();
        while (await server.Readiness() != HttpStatusCode.ServiceUnavailable)
            Assert.True(waiting.Elapsed < Patience, "The server did not notice that its database is away.");
    }
}
