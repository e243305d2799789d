using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tumbler.Tests.Redis;

/// <summary>A Redis of the tests' own: real, with a password and an append-only file, on a port and in a directory of its own.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    public const string Password = "redis-secret-of-these-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-redis-").FullName;
    private string? authorities;
    private Process? process;

    private RedisServer() { }

    public int Port { get; } = FreePort();

    /// <summary>As StackExchange.Redis has it.</summary>
    public string ConnectionString => $"{Server},password={Password}";

    public string Server => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    private string[] Tls => authorities is null ? [] : ["--tls", "--cacert", authorities];

    private string Configuration => Path.Combine(directory, "redis.conf");

    /// <param name="certificate">PEM with its private key: then it speaks TLS only.</param>
    /// <param name="authorities">PEM of who has signed that.</param>
    public static async Task<RedisServer> Start(string? certificate = null, string? authorities = null)
    {
        var redis = new RedisServer { authorities = authorities };
        var port = certificate is null
            ? string.Create(CultureInfo.InvariantCulture, $"port {redis.Port}")
            : string.Create(CultureInfo.InvariantCulture, $"""
                port 0
                tls-port {redis.Port}
                tls-cert-file {certificate}
                tls-key-file {certificate}
                tls-ca-cert-file {authorities}
                tls-auth-clients no
                """);
        await File.WriteAllTextAsync(redis.Configuration, string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1
            {port}
            dir {redis.directory}
            requirepass {Password}
            appendonly yes
            save ""
            logfile {Path.Combine(redis.directory, "log")}

            """));
        await redis.Resume();
        return redis;
    }

    /// <summary>Starts it with the data that it had, and waits until it answers.</summary>
    public async Task Resume()
    {
        process = Process.Start(new ProcessStartInfo("redis-server", [Configuration])) ?? throw new InvalidOperationException("redis-server did not start.");
        var waiting = Stopwatch.StartNew();
        while (await Ask("PING") != "PONG")
        {
            if (process.HasExited || waiting.Elapsed > Patience)
                throw new InvalidOperationException($"redis-server does not answer; its log says:\n{await File.ReadAllTextAsync(Path.Combine(directory, "log"))}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>SIGKILL. What it has acknowledged may be lost up to a second.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>What <c>redis-cli</c> answers to a command.</summary>
    public async Task<string> Ask(params string[] command)
    {
        var start = new ProcessStartInfo("redis-cli", ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), .. Tls, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REDISCLI_AUTH"] = Password;
        using var cli = Process.Start(start)!;
        var answer = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return answer.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await Kill();
        process?.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
