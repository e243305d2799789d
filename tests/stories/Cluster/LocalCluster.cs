using System.Diagnostics;
using System.Globalization;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>The cluster that <c>deploy/local</c> starts, with a folder and ports of its own: three silos, PostgreSQL, Redis and
/// the gateway, each a process. Stories share one; each begins with <see cref="Healthy"/>.</summary>
public sealed class LocalCluster : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The stories ask as fast as they can; two routes are limited for the one about it.</summary>
    private const string Limits =
        "--Limits:Admin off --Limits:PerAddress:FailedAuthentication off --Limits:Routes:get-organizations-org 100/1m --Limits:Routes:get-organizations-org-api-keys 100/3s ";

    private readonly DirectoryInfo top = Directory.CreateTempSubdirectory("tumbler-cluster-");
    private readonly int silos;
    private readonly string settings;
    private readonly bool tls;

    public LocalCluster(StoryRun run) : this(run, silos: 3)
    {
    }

    /// <param name="settings">More of them, for all silos: <c>--Section:Key value</c>.</param>
    /// <param name="tls">Whether silos know each other by certificates.</param>
    internal LocalCluster(StoryRun run, int silos, string settings = "", bool tls = false)
    {
        (Run, this.silos, this.settings, this.tls) = (run, silos, Limits + settings, tls);
        Gateway = UrlOf(0);
        Http = ClientOf(Gateway);
        Silos = [.. Enumerable.Range(1, silos).Select(n => new ClusterSilo(this, n))];
        Postgres = new ClusterPart(this, "postgres");
        Redis = new ClusterRedis(this);
    }

    internal LocalPorts Ports { get; } = LocalPorts.Find();

    public StoryRun Run { get; }

    public string Folder => top.FullName;

    public Uri Gateway { get; }

    /// <summary>The base of every ring's <c>iss</c>.</summary>
    public string Issuer => Gateway.GetLeftPart(UriPartial.Authority);

    /// <summary>Through the gateway, without credentials of its own.</summary>
    public HttpClient Http { get; }

    public AdminClient Admin => new(Http, AdminKey, Run.Secrets);

    public string AdminKey => Secret("admin");

    public IReadOnlyList<ClusterSilo> Silos { get; }

    public ClusterPart Postgres { get; }

    public ClusterRedis Redis { get; }

    public string Secret(string name) => File.ReadAllText(Path.Combine(Folder, "secrets", name)).Trim();

    public async ValueTask InitializeAsync()
    {
        // What they say is in the run's logs from the first byte on.
        foreach (var name in (string[])["postgres/log", "redis/log", "gateway/log", "gateway/requests.log", .. Silos.Select(silo => $"{silo.Name}/log")])
        {
            var link = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, Run.NewLog($"cluster-{name.Replace('/', '-').Replace(".log", "", StringComparison.Ordinal)}") + ".log");
        }

        await Up("", under: "", silos.ToString(CultureInfo.InvariantCulture));
        foreach (var file in new DirectoryInfo(Path.Combine(Folder, "secrets")).EnumerateFiles().Where(file => file.Extension.Length == 0))
            Run.Secrets.Add(Secret(file.Name));
    }

    /// <summary>Whatever the story before has left: everything runs and every silo is ready.</summary>
    public async Task Healthy()
    {
        await Up("");
        await Task.WhenAll(Silos.Select(silo => silo.UntilReady()));
    }

    /// <summary>All silos are ready, and each sees all of them as members.</summary>
    public async Task UntilOneCluster()
    {
        await Task.WhenAll(Silos.Select(silo => silo.UntilReady()));
        await Task.WhenAll(Silos.Select(silo => Until.True(
            $"{silo.Name} sees all silos", Patience, async () =>
            {
                try
                {
                    var seen = await silo.Admin.Cluster();
                    return Silos.All(other => seen.HasActive(other.Name));
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            })));
    }

    /// <summary>The silo that makes the changes of a ring.</summary>
    public async Task<ClusterSilo> OwnerOf(string ring)
    {
        var name = await Until.Found($"ring {ring} has an owner", Patience, () => Admin.Owner(ring));
        return Silos.Single(silo => silo.Name == name);
    }

    public async ValueTask DisposeAsync()
    {
        await Down("--now", "--delete");
        Http.Dispose();
        foreach (var silo in Silos)
            silo.Dispose();
    }

    internal Uri UrlOf(int number) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Gateway + number}"));

    internal static HttpClient ClientOf(Uri url) => new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Where the silo is that is started from now on; null for the one that is tested.</summary>
    internal string? OtherBuild { get; set; }

    internal Task Up(string extra, string under = "", params string[] arguments) => Command("up", $"{settings} {extra}", under, arguments);

    internal Task Down(params string[] arguments) => Command("down", "", "", arguments);

    private async Task Command(string name, string extra, string under, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Run.Root, "deploy", "local", name), arguments);
        foreach (var (variable, value) in Ports.Environment)
            start.Environment[variable] = value;
        start.Environment["TUMBLER_LOCAL_FOLDER"] = Folder;
        start.Environment["TUMBLER_LOCAL_BUILD"] = OtherBuild ?? Path.GetDirectoryName(Run.SiloAssembly);
        start.Environment["TUMBLER_LOCAL_SETTINGS"] = extra;
        start.Environment["TUMBLER_LOCAL_UNDER"] = under;
        start.Environment["TUMBLER_LOCAL_TLS"] = tls ? "yes" : "";
        using var command = LoggedProcess.Start(start, Run.NewLog($"cluster-{name}"));
        var code = await command.End(Patience);
        Assert.True(code == 0, $"deploy/local/{name} {string.Join(' ', arguments)} ended with {code}:\n{command.Output}{command.Errors}");
    }
}
