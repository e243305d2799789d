using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>A server as somebody set it up: well, or not.</summary>
internal sealed class SetUp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("tumbler-set-up-");
    private readonly Process process;

    /// <param name="ahead">By how many seconds its clock is.</param>
    private SetUp(int port, int ahead, string[] settings)
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("bash", ["-c", "exec dotnet \"$@\" >log 2>&1 </dev/null", "silo",
            Path.Combine(OperatedServer.Program, "Tumbler.Silo.dll"), "--urls", Url, "--Limits:Admin", "off", "--Limits:PerAddress:FailedAuthentication", "off", .. settings])
        {
            WorkingDirectory = home.FullName,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        if (ahead != 0)
        {
            // Timers and stopwatches stay right.
            start.Environment["LD_PRELOAD"] = FakeTime;
            start.Environment["FAKETIME"] = ahead.ToString("+0;-0", CultureInfo.InvariantCulture) + "s";
            start.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
            start.Environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
            start.Environment["NO_FAKE_STAT"] = "1";
        }

        process = Process.Start(start)!;
    }

    public string Url { get; }

    public string AdminKeyFile => InData("admin.key");

    public string AdminKey => File.ReadAllText(AdminKeyFile).Trim();

    /// <summary>For another process of the same cluster: what this one has made for itself.</summary>
    public string[] SecretSettings =>
    [
        "--Admin:Key_FILE", AdminKeyFile, "--ApiKeys:HashKey_FILE", InData("api-keys.key"), "--Audit:Key_FILE", InData("audit.key"),
        "--Audit:SigningCertificate:Path", InData("audit.pfx"), "--Protection:Certificates:0:Path", InData("kek.pfx"),
    ];

    private static string FakeTime => Directory.EnumerateDirectories("/usr/lib")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("Missing: libfaketime. eng/packages faketime installs it.");

    public static Task<SetUp> With(params string[] settings) => Start(FreePort(), 0, settings);

    public static async Task<SetUp> Start(int port, int ahead, params string[] settings)
    {
        var server = new SetUp(port, ahead, settings);
        try
        {
            var waiting = Stopwatch.StartNew();
            while (await server.Readiness() != HttpStatusCode.OK)
            {
                Assert.False(server.process.HasExited, $"The server ended before it was ready:\n{server.Log}");
                Assert.True(waiting.Elapsed < Patience, $"The server was not ready in time:\n{server.Log}");
                await Task.Delay(Pause, TimeProvider.System);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Null while nothing answers.</summary>
    public async Task<HttpStatusCode?> Readiness()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>What doctor finds there, as <c>failure issuer-differs</c>, each once.</summary>
    public async Task<string[]> Findings(TemporaryFolder folder, string? at = null, string words = "doctor --json") =>
        FindingsOf(await Doctor(folder, at).Run(words));

    public Script Doctor(TemporaryFolder folder, string? at = null) => Script.At(folder)
        .With("TUMBLER_SERVER_URL", at ?? Url).With("TUMBLER_ADMIN_KEY_FILE", AdminKeyFile).With("TUMBLER_SERVER", OperatedServer.Program);

    /// <summary>And that the exit code is that of the worst.</summary>
    public static string[] FindingsOf(Said said)
    {
        Assert.Equal("", said.Errors);
        var report = JsonDocument.Parse(said.Output).RootElement;
        string[] found = [.. report.GetProperty("findings").EnumerateArray().Select(each => $"{each.GetProperty("severity").GetString()} {each.GetProperty("name").GetString()}").Distinct()];
        Assert.Equal(found.Length == 0 ? 0 : found[0].StartsWith("failure", StringComparison.Ordinal) ? 1 : 4, said.Code);
        return found;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        home.Delete(recursive: true);
    }

    private string InData(string file) => Path.Combine(home.FullName, "data", file);

    private string LogFile => Path.Combine(home.FullName, "log");

    private string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";
}
