using System.Diagnostics;
using System.Globalization;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Certificates;

namespace Tumbler.Stories.Tests.Gateways;

/// <summary>Real gateways, each with a file of <c>deploy/gateways</c> as it is but for addresses and places, before a service that
/// says what has reached it.</summary>
internal sealed class Gateways : IAsyncDisposable
{
    private readonly StoryRun run;
    private readonly SiloProcess silo;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tumbler-gateways-");
    private readonly int servicePort = ClusterHome.FreePort();
    private readonly LoggedProcess service;

    public Gateways(StoryRun run, SiloProcess silo)
    {
        (this.run, this.silo) = (run, silo);
        var script = Path.Combine(run.StoriesFolder, "Gateways", "echo.mjs");
        service = LoggedProcess.Start(
            new ProcessStartInfo("node", [script, servicePort.ToString(CultureInfo.InvariantCulture)]), run.NewLog("service"));
    }

    /// <summary>Signs the clients that the gateways trust.</summary>
    public TestAuthority Authority { get; } = new("authority of the gateways");

    /// <param name="file">Of <c>deploy/gateways</c>.</param>
    /// <param name="changes">What is replaced in it, besides addresses and places.</param>
    public Task<RunningGateway> Nginx(string file, params (string From, string To)[] changes)
    {
        var home = folder.CreateSubdirectory($"nginx-{ClusterHome.FreePort()}").FullName;
        var (site, url) = Placed(file, changes);
        File.WriteAllText(Path.Combine(home, "site.conf"), site);
        File.WriteAllText(
            Path.Combine(home, "nginx.conf"),
            $$"""
            daemon off;
            master_process off;
            pid {{home}}/pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path {{home}}/body;
                proxy_temp_path {{home}}/proxy;
                fastcgi_temp_path {{home}}/fastcgi;
                uwsgi_temp_path {{home}}/uwsgi;
                scgi_temp_path {{home}}/scgi;
                include site.conf;
            }
            """);
        return Start(url, "nginx", "-p", home, "-c", Path.Combine(home, "nginx.conf"), "-e", "stderr");
    }

    /// <inheritdoc cref="Nginx"/>
    public Task<RunningGateway> HAProxy(params (string From, string To)[] changes)
    {
        var (text, url) = Placed("haproxy.cfg", changes);
        var file = Path.Combine(folder.FullName, $"haproxy-{url.Port}.cfg");
        File.WriteAllText(file, text);
        return Start(url, "haproxy", "-db", "-f", file);
    }

    public async ValueTask DisposeAsync()
    {
        service.Kill();
        await service.End(TimeSpan.FromSeconds(20));
        service.Dispose();
        Authority.Dispose();
        folder.Delete(recursive: true);
    }

    private (string Text, Uri Url) Placed(string name, (string From, string To)[] changes)
    {
        var source = Path.Combine(run.Root, "deploy", "gateways");
        var (text, server, port) = (File.ReadAllText(Path.Combine(source, name)), Authority.Issue("gateway"), ClusterHome.FreePort());
        (string, string)[] places =
        [
            ("127.0.0.1:8080", silo.Home.Url.Authority),
            ("127.0.0.1:9000", $"127.0.0.1:{servicePort}"),
            ("/etc/nginx/tls/server.pem", server),
            ("/etc/nginx/tls/clients-ca.pem", Authority.Path),
            ("/etc/haproxy/tls/server.pem", server),
            ("/etc/haproxy/tls/clients-ca.pem", Authority.Path),
            ("/etc/haproxy/forward-auth.lua", Path.Combine(source, "forward-auth.lua")),
        ];
        foreach (var (from, to) in places)
            text = text.Replace(from, to, StringComparison.Ordinal);
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        var plain = text.Contains("127.0.0.1:8000", StringComparison.Ordinal);
        foreach (var listen in (string[])["127.0.0.1:8000", "127.0.0.1:8443", "127.0.0.1:8444"])
            text = text.Replace(listen, $"127.0.0.1:{port}", StringComparison.Ordinal);
        return (text, new Uri($"{(plain ? "http" : "https")}://127.0.0.1:{port}"));
    }

    private async Task<RunningGateway> Start(Uri url, string program, params string[] arguments)
    {
        await RunningGateway.Listens(servicePort, service);
        var installed = $"/usr/sbin/{program}";
        var start = new ProcessStartInfo(File.Exists(installed) ? installed : program, arguments);
        return await new RunningGateway(url, Authority.Path, LoggedProcess.Start(start, run.NewLog(program))).Ready();
    }
}
