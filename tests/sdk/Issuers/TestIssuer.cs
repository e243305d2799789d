using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tumbler.Client.Tests.Issuers;

/// <summary>An issuer on a real port that does what a test tells it.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Jwks = "/.well-known/jwks.json";
    public const string Metadata = "/.well-known/openid-configuration";
    public const string OAuthMetadata = "/.well-known/oauth-authorization-server";
    public const string Revocations = "/api/v1/revocations/default";
    public const string Events = "/api/v1/revocations/default/events";
    public const string VerifyKey = "/api/v1/api-keys/verify";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, int> asked = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestIssuer(WebApplication app) => this.app = app;

    public string Url { get; private set; } = "";

    /// <summary>What is published.</summary>
    public List<TestKey> Keys { get; } = [];

    /// <summary>Answers in the place of the usual ones, by path.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Instead { get; } = new();

    /// <summary>Whether the metadata names a kill list.</summary>
    public bool HasKillList { get; set; }

    public TestKey Signer => Keys[0];

    public static async Task<TestIssuer> Start(params TestKey[] keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        issuer.Keys.AddRange(keys.Length == 0 ? [TestKey.New()] : keys);
        app.Run(issuer.Answer);
        await app.StartAsync();
        issuer.Url = app.Urls.Single();
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
    }

    /// <summary>How often a path was asked for.</summary>
    public int Asked(string path) => asked.GetValueOrDefault(path);

    /// <summary>Until a path was asked for so often.</summary>
    public async Task UntilAsked(string path, int times)
    {
        while (true)
        {
            var next = changed.Task;
            if (Asked(path) >= times)
                return;
            await next.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Answers with these bytes.</summary>
    public void Say(string path, string body, string type = "application/json", int status = 200) => Instead[path] = http =>
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, type);
        return http.Response.WriteAsync(body);
    };

    public void Fail(string path, int status = 500) => Say(path, "", status: status);

    public void Recover(string path) => Instead.TryRemove(path, out _);

    public string Set() => new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.Jwk())]) }.ToJsonString();

    public string Token(DateTimeOffset now, string scope = "orders:read") => Signer.Sign(TestClaims.Of(Url, now, scope));

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        asked.AddOrUpdate(path, 1, (_, before) => before + 1);
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        if (Instead.TryGetValue(path, out var answer))
            await answer(http);
        else if (path == Jwks)
            await Tagged(http, Set());
        else if (path == Metadata)
            await http.Response.WriteAsJsonAsync(Describe());
        else
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    public JsonObject Describe()
    {
        var json = new JsonObject { ["issuer"] = Url, ["jwks_uri"] = Url + Jwks };
        if (HasKillList)
            json["tumbler_revocations_uri"] = Url + Revocations;
        return json;
    }

    private static Task Tagged(HttpContext http, string body)
    {
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16]}\"";
        http.Response.Headers.ETag = tag;
        http.Response.ContentType = "application/jwk-set+json";
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return http.Response.WriteAsync(body);
    }
}
