using System.Diagnostics;
using System.Globalization;
using Tumbler.Stories.Tests.Cluster;
using Tumbler.Stories.Tests.Readme;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests.Deploy;

/// <summary>What <c>docs/production.md</c> makes, below a temporary folder: pages are pasted into it as they stand.</summary>
internal sealed class Installation : IDisposable
{
    private static readonly string[] Parts = ["gateway", "silo-1", "silo-2", "silo-3", "redis"];

    private readonly DirectoryInfo top = Directory.CreateTempSubdirectory("tumbler-installation-");
    private readonly LocalPorts ports = LocalPorts.Find();
    private readonly StoryRun run;

    public Installation(StoryRun run)
    {
        this.run = run;

        // Silos are another user and come through.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Top, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        run.Secrets.Add(PostgresCluster.Password);
    }

    public string Top => top.FullName;

    public string Etc => Path.Combine(Top, "etc", "tumbler");

    public string Lib => Path.Combine(Top, "var", "lib", "tumbler");

    public string Issuer => $"https://localhost:{Text(ports.Gateway)}";

    public PostgresCluster Postgres { get; } = new(roles: false);

    private Dictionary<string, string?> Environment => new()
    {
        ["TUMBLER_TOP"] = Top,
        ["TUMBLER_USER"] = "nobody",
        ["TUMBLER_DIST"] = Path.GetDirectoryName(run.SiloAssembly),
        ["TUMBLER_NEW"] = Path.GetDirectoryName(run.SiloAssembly),
        ["TUMBLER_HOST"] = "localhost",
        ["TUMBLER_PORT"] = Text(ports.Gateway),
        ["TUMBLER_HTTP_PORT"] = Text(ports.Gateway + 1),
        ["TUMBLER_SILO_PORT"] = Text(ports.FirstSilo),
        ["TUMBLER_REDIS_PORT"] = Text(ports.Redis),
        ["TUMBLER_GATEWAY_ADDRESS"] = "127.0.0.1",
        ["TUMBLER_CLI"] = Path.Combine(run.Root, "client", "Cli", "bin", "Release", "net10.0", "tumbler"),
        ["XDG_CONFIG_HOME"] = Path.Combine(Top, "config"),
        ["TUMBLER_BACKUP"] = Path.Combine(Top, "backup"),
        ["TUMBLER"] = Issuer,
        ["TUMBLER_ADMIN_KEY_FILE"] = Path.Combine(Etc, "secrets", "admin"),
        ["TUMBLER_CURL"] = $"--cacert {Etc}/secrets/gateway.crt",
        ["TUMBLER_SILOS"] = string.Join(' ', Enumerable.Range(1, 3).Select(n => $"http://127.0.0.1:{Text(ports.Gateway + n)}")),
        ["PGHOST"] = "127.0.0.1",
        ["PGPORT"] = Text(Postgres.Port),
        ["PGUSER"] = PostgresCluster.Superuser,
        ["PGPASSWORD"] = PostgresCluster.Password,
        ["PATH"] = $"{Path.GetDirectoryName(PostgresCluster.Program("psql"))}:{System.Environment.GetEnvironmentVariable("PATH")}",

        // Longer than a drill on a busy machine.
        ["TUMBLER__Tokens__Lifetime"] = "30m",
        ["DOTNET_ENVIRONMENT"] = null,
        ["ASPNETCORE_ENVIRONMENT"] = null,
    };

    public int ProcessOf(string part) =>
        int.Parse(File.ReadAllText(Path.Combine(Top, "run", "tumbler", part, "pid")), CultureInfo.InvariantCulture);

    /// <summary>The blocks of the checklist.</summary>
    public Task<string> Checklist() => Paste("production", ShellBlocks.Of(Page("docs/production.md")));

    /// <summary>A runbook's blocks, behind the one that all of them begin with.</summary>
    /// <param name="section">The part of the page below this heading; all of it without.</param>
    public Task<string> Runbook(string name, string? section = null, Range? blocks = null, params string[] afterwards)
    {
        var page = Page($"docs/runbooks/{name}.md");
        var all = section is null ? ShellBlocks.Of(page) : ShellBlocks.Of(page, section);
        Assert.NotEmpty(all);
        return Paste(name, [.. ShellBlocks.Of(Page("docs/runbooks/README.md")), .. all.Take(blocks ?? Range.All), .. afterwards]);
    }

    /// <summary>What was printed, once every command of every block has succeeded.</summary>
    public async Task<string> Paste(string name, IReadOnlyList<string> blocks)
    {
        var pasted = await Shell.Paste(run.Root, blocks, Environment);
        LearnSecrets();
        var output = string.Concat(pasted.Select(block => block.Output));
        await File.WriteAllTextAsync($"{run.NewLog($"page-{name}")}.log", output, TestContext.Current.CancellationToken);
        foreach (var (block, n) in pasted.Select((block, n) => (block, n)))
            Assert.True(block.Code == 0, $"{name}: a command of this block ended with {block.Code}:\n{blocks[n]}\nIt printed:\n{block.Output}");
        Assert.Equal(blocks.Count, pasted.Count);
        return output;
    }

    public Task Service(string action, params string[] parts) =>
        Paste($"service-{action}", [.. parts.Select(part => $"deploy/systemd/service {action} {part}")]);

    public void Dispose()
    {
        foreach (var part in Parts)
        {
            var start = new ProcessStartInfo(Path.Combine(run.Root, "deploy", "systemd", "service"), ["stop", part]);
            foreach (var (name, value) in Environment)
                start.Environment[name] = value;
            using var stop = Process.Start(start)!;
            stop.WaitForExit();
        }

        foreach (var log in top.EnumerateFiles("log", SearchOption.AllDirectories))
            log.CopyTo($"{run.NewLog($"installation-{log.Directory!.Name}")}.log");
        Postgres.Dispose();
        top.Delete(recursive: true);
    }

    private void LearnSecrets()
    {
        var folder = new DirectoryInfo(Path.Combine(Etc, "secrets"));
        if (!folder.Exists)
            return;
        foreach (var file in folder.EnumerateFiles().Where(file => file.Extension.Length == 0 && file.Name is not ("owner" or "service" or "redis")))
            run.Secrets.Add(File.ReadAllText(file.FullName).Trim());
    }

    private string Page(string path) => File.ReadAllText(Path.Combine(run.Root, path));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
