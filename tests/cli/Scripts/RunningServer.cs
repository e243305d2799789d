using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(Tumbler.Cli.Tests.Scripts.RunningServer))]

namespace Tumbler.Cli.Tests.Scripts;

/// <summary>A real server for scripts: the built silo in a process of its own. One for the whole run; a class that has to be alone with
/// one takes it as its class fixture.</summary>
public class RunningServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("tumbler-cli-");
    private Process? process;

    public string Url { get; } = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");

    public string AdminKeyFile => Path.Combine(home.FullName, "data", "admin.key");

    public string AdminKey => File.ReadAllText(AdminKeyFile).Trim();

    /// <summary>The directory in which the server runs; its data lie in <c>data</c>.</summary>
    public string Home => home.FullName;

    public async ValueTask InitializeAsync()
    {
        process = Start();
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        var waiting = Stopwatch.StartNew();
        while (!await IsReady(http))
        {
            if (process.HasExited || waiting.Elapsed > Patience)
                Assert.Fail($"The server {(process.HasExited ? "ended before it was ready" : "was not ready in time")}:\n{Log}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
        }

        home.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>An address at which nothing listens.</summary>
    internal static string NobodyThere() => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");

    private string Log => Path.Combine(home.FullName, "log") is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    /// <summary>Without limits: scripts ask as fast as they can.</summary>
    private Process Start()
    {
        var silo = Path.Combine(Repository.Root, "silo", "bin", "Release", "net10.0", "Tumbler.Silo.dll");
        var start = new ProcessStartInfo("bash", ["-c", "exec dotnet \"$@\" >log 2>&1 </dev/null", "silo",
            silo, "--urls", Url, "--Limits:Admin", "off", "--Limits:PerAddress:FailedAuthentication", "off"])
        {
            WorkingDirectory = home.FullName,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
