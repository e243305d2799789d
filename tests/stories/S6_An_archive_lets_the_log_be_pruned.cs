using System.Globalization;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests;

/// <summary>A month of a log, lived on a clock that begins a month ago; then archived and pruned while the server goes on.</summary>
public sealed class S6_An_archive_lets_the_log_be_pruned(StoryRun run)
{
    private const double Rate = 20_000;
    private static readonly string[] Fast =
    [
        "--Development:ClockRate", Rate.ToString(CultureInfo.InvariantCulture),
        "--Rings:default:Interval", "12h", "--Rings:default:Validity", "25h", "--Rings:default:Lead", "1h", "--Rings:default:AllowShortLead", "true",
    ];

    [Fact]
    public async Task The_rest_verifies_on_the_server_and_offline_and_so_does_the_archive()
    {
        using var cluster = new PostgresCluster();
        cluster.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        run.Secrets.Add(PostgresCluster.Password);
        using var home = new SiloHome(run, "archive");
        string[] owner = Settings(home, cluster, PostgresCluster.Owner);
        string[] runtime = Settings(home, cluster, PostgresCluster.Runtime);
        Assert.Equal(0, (await SiloProcess.Command(home, ["migrate", .. owner])).Code);
        AMonthAgo(home);

        await using var silo = await home.Start([.. runtime, .. Fast, "--Storage:Postgres:Migrate", "false"]);
        await silo.Admin.CreateOrganization("acme");
        await Until.True("three keys have come and gone", TimeSpan.FromSeconds(60), async () => (await silo.Admin.Keys("default")).Count >= 5);
        var archive = await Made(silo);
        var before = await silo.Admin.VerifyAudit();
        string[] order = ["audit", "prune", "--archive", FolderOf(home, archive), "--before", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];

        Assert.NotEqual(0, (await SiloProcess.Command(home, [.. order, .. runtime])).Code);
        var would = await SiloProcess.Command(home, [.. order, "--dry-run", .. owner]);
        Assert.True(would.Code == 0 && before.Entries <= (await silo.Admin.VerifyAudit()).Entries, would.Errors);
        var done = await SiloProcess.Command(home, [.. order, .. owner]);
        Assert.True(done.Code == 0, done.Errors);
        Assert.Equal(would.Output.Replace("would be", "are", StringComparison.Ordinal), done.Output);

        var after = await silo.Admin.VerifyAudit();
        Assert.True(after.Valid && after.Entries < before.Entries, $"{before} {after}");
        var later = await Made(silo);
        foreach (var export in (AuditExport[])[archive, later])
        {
            var folder = FolderOf(home, export);
            var verified = await SiloProcess.Command(home, "audit", "verify", folder, "--certificate", Path.Combine(folder, "certificate.pem"));
            Assert.True(verified.Code == 0, verified.Errors);
        }

        run.Measured($"{before.Entries} entries of a month, {after.Entries} after pruning: {done.Output.Trim()}");
    }

    private static async Task<AuditExport> Made(SiloProcess silo)
    {
        var export = await silo.Admin.ExportAudit();
        await Until.True("the export is made", TimeSpan.FromSeconds(30), async () => (export = await silo.Admin.Export(export.Id)).Status == "completed");
        return export;
    }

    private static string FolderOf(SiloHome home, AuditExport export) =>
        Directory.GetDirectories(Path.Combine(home.Data, "exports"), export.Id, SearchOption.AllDirectories).Single();

    private static void AMonthAgo(SiloHome home)
    {
        var now = TimeProvider.System.GetUtcNow();
        Directory.CreateDirectory(home.Data);
        File.WriteAllText(Path.Combine(home.Data, "clock.anchor"), string.Create(
            CultureInfo.InvariantCulture, $$"""{"Real":"{{now:O}}","Simulated":"{{now.AddDays(-31):O}}","Rate":{{Rate}}}"""));
    }

    private static string[] Settings(SiloHome home, PostgresCluster cluster, string user)
    {
        var file = Path.Combine(home.Directory, $"{user}.connection");
        File.WriteAllText(file, cluster.ConnectionString(user, "tumbler"));
        return ["--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString_FILE", file];
    }
}
