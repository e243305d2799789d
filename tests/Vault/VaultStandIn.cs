using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tumbler.Tests.Vault;

/// <summary>Speaks as much of Vault's HTTP API as a client of KV version 2 needs, in the form of its documentation.</summary>
internal sealed class VaultStandIn : IDisposable
{
    public const string Role = "tumbler";

    private readonly ConcurrentDictionary<string, Dictionary<string, object?>> secrets = [];
    private readonly ConcurrentDictionary<string, (int Seconds, bool Renewable)> tokens = [];
    private HttpListener listener;

    public VaultStandIn()
    {
        Port = FreePort();
        listener = Listen();
    }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>What was asked, in order: <c>GET secret/data/tumbler</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The tokens that were asked with, in order.</summary>
    public ConcurrentQueue<string?> TokensSeen { get; } = [];

    public bool Sealed { get; set; }

    /// <summary>Answers everything, when it is set.</summary>
    public (int Status, string Body)? Instead { get; set; }

    public string? Namespace { get; set; }

    /// <summary>Which service account may log in.</summary>
    public string Jwt { get; set; } = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQifQ.c2lnbmF0dXJl";

    /// <summary>Of tokens that a login or a renewal gives.</summary>
    public int LeaseSeconds { get; set; } = 3600;

    public bool Renewable { get; set; } = true;

    public static string Draw() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <param name="path">With its mount: <c>secret/tumbler</c>.</param>
    public void Put(string path, string field, object? value) =>
        secrets.AddOrUpdate(path, _ => new() { [field] = value }, (_, fields) => new(fields) { [field] = value });

    /// <summary>Its latest version; metadata stay.</summary>
    public void Delete(string path) => secrets[path] = [];

    public string NewToken(int seconds = 0, bool renewable = false)
    {
        var token = $"hvs.{Draw()}";
        tokens[token] = (seconds, renewable);
        return token;
    }

    public void RevokeAll() => tokens.Clear();

    /// <summary>Nobody listens there any more.</summary>
    public void GoAway() => listener.Close();

    public void ComeBack() => listener = Listen();

    public void Dispose() => listener.Close();

    private HttpListener Listen()
    {
        var fresh = new HttpListener { Prefixes = { $"{Address}/" } };
        fresh.Start();
        _ = Serve(fresh);
        return fresh;
    }

    private async Task Serve(HttpListener from)
    {
        try
        {
            while (true)
            {
                var call = await from.GetContextAsync();
                var (status, body) = Answer(call.Request);
                call.Response.StatusCode = status;
                call.Response.ContentType = "application/json";
                var bytes = body is string text ? System.Text.Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(body);
                await call.Response.OutputStream.WriteAsync(bytes);
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // It went away.
        }
    }

    private (int Status, object Body) Answer(HttpListenerRequest request)
    {
        var path = request.Url!.AbsolutePath["/v1/".Length..];
        var token = request.Headers["X-Vault-Token"];
        Requests.Enqueue($"{request.HttpMethod} {path}");
        TokensSeen.Enqueue(token);
        if (Instead is { } instead)
            return (instead.Status, instead.Body);
        if (Sealed)
            return Errors(503, "Vault is sealed");
        if (request.Headers["X-Vault-Request"] != "true" || request.Headers["X-Vault-Namespace"] != Namespace)
            return Errors(403, "permission denied");
        if (path == "auth/kubernetes/login" && request.HttpMethod == "POST")
            return Login(request);
        if (token is null || !tokens.TryGetValue(token, out var lease))
            return Errors(403, "permission denied");
        return (request.HttpMethod, path) switch
        {
            ("GET", "auth/token/lookup-self") => (200, new { data = new { id = token, ttl = lease.Seconds, renewable = lease.Renewable } }),
            ("POST", "auth/token/renew-self") when lease.Renewable => (200, Auth(token, LeaseSeconds)),
            ("POST", "auth/token/renew-self") => Errors(400, "lease is not renewable"),
            ("GET", _) => Read(path),
            _ => Errors(405),
        };
    }

    private (int, object) Login(HttpListenerRequest request)
    {
        using var json = JsonDocument.Parse(request.InputStream);
        if (json.RootElement.GetProperty("role").GetString() != Role)
            return Errors(400, "invalid role name \"x\"");
        return json.RootElement.GetProperty("jwt").GetString() == Jwt
            ? (200, Auth(NewToken(LeaseSeconds, Renewable), LeaseSeconds))
            : Errors(403, "permission denied");
    }

    private (int, object) Read(string path)
    {
        var parts = Uri.UnescapeDataString(path).Split("/data/", 2);
        if (parts.Length < 2 || !secrets.TryGetValue($"{parts[0]}/{parts[1]}", out var fields))
            return Errors(404);
        var metadata = new { created_time = "2018-03-22T02:24:06.945319214Z", custom_metadata = (object?)null, deletion_time = "", destroyed = false, version = 2 };
        return fields.Count == 0
            ? (404, new { data = new { data = (object?)null, metadata } })
            : (200, new { data = new { data = fields, metadata } });
    }

    private object Auth(string token, int seconds) => new
    {
        auth = new { client_token = token, accessor = "afa306d0", policies = new[] { "default" }, lease_duration = seconds, renewable = Renewable },
    };

    private static (int, object) Errors(int status, params string[] errors) => (status, new { errors });

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
