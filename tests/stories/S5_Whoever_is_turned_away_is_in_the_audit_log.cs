using System.Net.Http.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S5_Whoever_is_turned_away_is_in_the_audit_log(StoryRun run)
{
    private const string WrongAdminKey = "Wrong-admin-key-0123456789-0123456789-abcdef";
    private const string WrongApiKey = "acme_api_WrongApiKey0123456789abcdefghijklmnopqrst";
    private const string Password = "Hunter2-in-the-wrong-field-0123456789";
    private const string Chain = "node:story-1";
    private const string Failures = "?status=FAILURE&resource_type=CREDENTIAL&limit=200";

    private static readonly string[] UngrantedScopes = ["admin"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task At_every_door_and_with_nothing_of_the_key()
    {
        run.Secrets.Add(WrongAdminKey);
        run.Secrets.Add(Password);
        using var home = new SiloHome(run, "turned-away");
        string[] settings = ["--Audit:NodeName", "story-1"];
        NewApiKey client, revoked;
        await using (var silo = await home.Start(settings))
        {
            await silo.Admin.CreateOrganization("acme");
            await silo.Admin.CreateOrganization("other");
            client = await silo.Admin.CreateApiKey("acme");
            revoked = await silo.Admin.CreateApiKey("acme");
            await silo.Admin.RevokeApiKey("acme", revoked.Id);

            await KnockAtEveryDoor(silo, client, revoked);
            var entries = await Written(silo, "forbidden");

            AssertEach(entries, client, revoked);
            Assert.All(entries, entry => Assert.Equal(
                (Chain, "EXECUTE", "CREDENTIAL", "FAILURE", "127.0.0.1"), (entry.Chain, entry.Action, entry.ResourceType, entry.Status, entry.Source)));
            Assert.Equal(
                ["asks", "forbidden", "revoked", "scope"],
                (await silo.Admin.AuditLog($"/acme{Failures}")).Select(entry => entry.RequestId).Order(StringComparer.Ordinal));
            Assert.True((await silo.Admin.VerifyAudit()).Valid);

            // Stopped in good order it writes what waits.
            await Send(silo, "last-words", Get("/api/v1/organizations", ("X-Admin-Key", WrongAdminKey)));
            Assert.Equal(0, await silo.Stop());
        }

        long written;
        await using (var silo = await home.Start(settings))
        {
            var entries = await silo.Admin.AuditLog(Failures);
            Assert.Contains(entries, entry => entry.RequestId == "last-words");
            written = entries.Max(entry => entry.Seq);

            // Killed it may lose what waits, and nothing else.
            await Send(silo, "lost-words", Get("/api/v1/organizations", ("X-Admin-Key", WrongAdminKey)));
            await silo.Kill();
        }

        await using var again = await home.Start(settings);
        Assert.True((await again.Admin.VerifyAudit()).Valid);
        Assert.InRange((await again.Admin.AuditLog(Failures)).Max(entry => entry.Seq), written, written + 1);
        await Send(again, "new-words", Get("/api/v1/organizations", ("X-Admin-Key", WrongAdminKey)));
        await Written(again, "new-words");
        Assert.True((await again.Admin.VerifyAudit()).Valid);

        var everything = await File.ReadAllTextAsync(home.Journal, TestContext.Current.CancellationToken) + again.Log;
        foreach (var secret in (string[])[WrongAdminKey, WrongApiKey, Password, client.Key, revoked.Key, client.Key[..^1]])
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
    }

    private static async Task KnockAtEveryDoor(SiloProcess silo, NewApiKey client, NewApiKey revoked)
    {
        await Send(silo, "admin", Get("/api/v1/organizations", ("X-Admin-Key", WrongAdminKey)));
        await Send(silo, "nothing", Get("/api/v1/organizations"));
        await Send(silo, "org", Get("/api/v1/organizations/acme", ("X-API-Key", WrongApiKey)));
        await Send(silo, "verify", Verify(new { key = client.Key[..^1], address = "198.51.100.7" }));
        await Send(silo, "revoked", Verify(new { key = revoked.Key }));
        await Send(silo, "asks", Verify(new { key = client.Key, scopes = UngrantedScopes }));
        await Send(silo, "password", Token(Password, WrongApiKey));
        await Send(silo, "secret", Token(client.Id, WrongApiKey));
        await Send(silo, "scope", Token(client.Id, client.Key, "admin"));
        await Send(silo, "forbidden", Get("/api/v1/organizations/other", ("X-API-Key", client.Key)));
    }

    private static void AssertEach(IReadOnlyList<AuditEntry> entries, NewApiKey client, NewApiKey revoked)
    {
        Assert.Equal(10, entries.Count);
        Assert.Equal(("wrong_admin_key", null, "bootstrap", "anonymous", "GET /api/v1/organizations"), Of("admin"));
        Assert.Equal(("no_credential", null, "-", "anonymous", "GET /api/v1/organizations"), Of("nothing"));
        Assert.Equal(("malformed_key", null, "-", "anonymous", "GET /api/v1/organizations/{org}"), Of("org"));
        Assert.Equal(("malformed_key", null, "-", "anonymous", "POST /api/v1/api-keys/verify"), Of("verify"));
        Assert.Equal(("revoked_key", "acme", revoked.Id, "api_key", "POST /api/v1/api-keys/verify"), Of("revoked"));
        Assert.Equal(("insufficient_scope", "acme", client.Id, "api_key", "POST /api/v1/api-keys/verify"), Of("asks"));
        Assert.Equal(("malformed_key", null, "-", "anonymous", "POST /oauth2/token"), Of("password"));
        Assert.Equal(("malformed_key", null, client.Id, "anonymous", "POST /oauth2/token"), Of("secret"));
        Assert.Equal(("invalid_scope", "acme", client.Id, "api_key", "POST /oauth2/token"), Of("scope"));
        Assert.Equal(("forbidden", "acme", client.Id, "api_key", "GET /api/v1/organizations/{org}"), Of("forbidden"));
        Assert.Equal("198.51.100.7", entries.Single(entry => entry.RequestId == "verify").Details["client_address"]);

        (string, string?, string, string, string) Of(string requestId)
        {
            var entry = entries.Single(entry => entry.RequestId == requestId);
            return (entry.Details["reason"], entry.Org, entry.ResourceId, entry.Actor.Type, entry.Details["route"]);
        }
    }

    /// <summary>The entries, as soon as the one of this request is among them: those before it are then as well.</summary>
    private static Task<IReadOnlyList<AuditEntry>> Written(SiloProcess silo, string requestId) =>
        Until.Found($"the entry of request {requestId}", Patience, async () =>
        {
            var entries = await silo.Admin.AuditLog(Failures);
            return entries.Any(entry => entry.RequestId == requestId) ? entries : null;
        });

    private static async Task Send(SiloProcess silo, string requestId, HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Add("X-Request-ID", requestId);
            using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(requestId, Assert.Single(answer.Headers.GetValues("X-Request-ID")));
        }
    }

    private static HttpRequestMessage Get(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return request;
    }

    private static HttpRequestMessage Verify(object body) =>
        new(HttpMethod.Post, new Uri("/api/v1/api-keys/verify", UriKind.Relative)) { Content = JsonContent.Create(body, options: Wire.Json) };

    private static HttpRequestMessage Token(string id, string secret, string scope = "read") =>
        new(HttpMethod.Post, new Uri("/oauth2/token", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret), new("scope", scope),
            ]),
        };
}
