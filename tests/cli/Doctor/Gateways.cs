using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Tumbler.Tests.Certificates;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>A real nginx that stands before one server in several ways, one of them right.</summary>
public sealed class Gateways : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("tumbler-gateways-");
    private readonly TestAuthority authority = new();
    private readonly int right = SetUp.FreePort(), keeping = SetUp.FreePort(), stale = SetUp.FreePort(), expired = SetUp.FreePort(), silent = SetUp.FreePort(), closed = SetUp.FreePort();
    private SetUp? server, cached;
    private Process? nginx;

    internal SetUp Server => server!;

    /// <summary>Alone behind <see cref="Stale"/>: its keys are changed.</summary>
    internal SetUp Cached => cached!;

    /// <summary>PEM of who has signed the certificates here.</summary>
    public string Authority => authority.Path;

    /// <summary>Serves TLS, says so to the server, and passes everything on.</summary>
    public string Right => At("https", right);

    /// <summary>Tells everybody to keep the key set for a week.</summary>
    public string Keeping => At("http", keeping);

    /// <summary>Keeps the key set itself, whatever the server says about it.</summary>
    public string Stale => At("http", stale);

    /// <summary>Its certificate has expired.</summary>
    public string Expired => At("https", expired);

    /// <summary>Serves TLS and does not tell the server.</summary>
    public string Silent => At("https", silent);

    /// <summary>Passes on the API only.</summary>
    public string Closed => At("http", closed);

    /// <summary>The same as <see cref="Right"/>, by a name that its certificate does not have.</summary>
    public string ByAnotherName => Right.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        (server, cached) = (await SetUp.With("--Tokens:Issuer", Right, "--Proxies:Trusted", "127.0.0.1"), await SetUp.With("--Tokens:Issuer", Stale));
        File.WriteAllText(Path.Combine(home.FullName, "nginx.conf"), Configuration(authority.Issue("gateway"), authority.Issue("expired", TimeSpan.FromDays(-1))));
        nginx = Process.Start(new ProcessStartInfo(
            "bash", ["-c", "exec \"$@\" >log 2>&1 </dev/null", "nginx", Program, "-p", home.FullName, "-c", "nginx.conf", "-e", "stderr"]) { WorkingDirectory = home.FullName })!;
        var waiting = Stopwatch.StartNew();
        while (!await Listens(closed))
            Assert.True(!nginx.HasExited && waiting.Elapsed < Patience, $"nginx does not listen:\n{File.ReadAllText(Path.Combine(home.FullName, "log"))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (nginx is not null)
        {
            nginx.Kill();
            await nginx.WaitForExitAsync();
            nginx.Dispose();
        }

        foreach (var each in new[] { server, cached }.OfType<SetUp>())
            await each.DisposeAsync();
        authority.Dispose();
        home.Delete(recursive: true);
    }

    private static string Program => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";

    private string Configuration(string good, string old)
    {
        const string Forwarded = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;";
        return $$"""
            daemon off;
            master_process off;
            pid pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                proxy_cache_path cache keys_zone=keys:1m;
                server {
                    listen 127.0.0.1:{{right}} ssl;
                    ssl_certificate {{good}}; ssl_certificate_key {{good}};
                    location / { proxy_pass {{Server.Url}}; {{Forwarded}} }
                }
                server {
                    listen 127.0.0.1:{{keeping}};
                    location / { proxy_pass {{Server.Url}}; }
                    location /.well-known/ { proxy_pass {{Server.Url}}; expires 7d; }
                }
                server {
                    listen 127.0.0.1:{{stale}};
                    location / { proxy_pass {{Cached.Url}}; }
                    location /.well-known/jwks.json { proxy_pass {{Cached.Url}}; proxy_cache keys; proxy_cache_valid 7d; proxy_ignore_headers Cache-Control Expires Vary; }
                }
                server {
                    listen 127.0.0.1:{{expired}} ssl;
                    ssl_certificate {{old}}; ssl_certificate_key {{old}};
                    location / { proxy_pass {{Server.Url}}; {{Forwarded}} }
                }
                server {
                    listen 127.0.0.1:{{silent}} ssl;
                    ssl_certificate {{good}}; ssl_certificate_key {{good}};
                    location / { proxy_pass {{Server.Url}}; }
                }
                server {
                    listen 127.0.0.1:{{closed}};
                    location / { return 404; }
                    location /api/ { proxy_pass {{Server.Url}}; }
                }
            }
            """;
    }

    private static string At(string scheme, int port) => string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{port}");

    private static async Task<bool> Listens(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            return false;
        }
    }
}
