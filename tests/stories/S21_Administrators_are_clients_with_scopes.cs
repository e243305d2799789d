using System.Net;
using System.Net.Http.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S21_Administrators_are_clients_with_scopes(StoryRun run)
{
    private static readonly string[] Owner = ["tumbler:owner"];
    private static readonly string[] Operator = ["tumbler:operator"];
    private static readonly string[] Auditor = ["tumbler:auditor"];

    [Fact]
    public async Task From_the_admin_key_to_people_who_have_what_they_need()
    {
        using var home = new SiloHome(run, "administrators");
        await using var silo = await home.Start("--Rings:default:Algorithm", "ES256");
        await silo.Admin.CreateOrganization("ops");
        await silo.Admin.CreateOrganization("acme");
        var owner = await Token(silo, await silo.Admin.CreateApiKeyWith("ops", Owner, []));

        // The owner makes the others; from here on the admin key stays in its safe.
        var (operating, auditing) = (await CreateKey(silo, owner, "ops", Operator), await CreateKey(silo, owner, "ops", Auditor));
        var (operation, audit) = (await Token(silo, operating.Key!), await Token(silo, auditing.Key!));

        await Is(HttpStatusCode.OK, silo, operation, HttpMethod.Post, "/api/v1/admin/jwt-rotation/trigger", new { mode = "immediate" });
        Assert.Equal(HttpStatusCode.Created, (await CreateKey(silo, operation, "acme", ["read"])).Status);
        await Is(HttpStatusCode.OK, silo, audit, HttpMethod.Get, "/api/v1/admin/rings");
        await Is(HttpStatusCode.OK, silo, audit, HttpMethod.Post, "/api/v1/admin/audit-logs/verify");
        await Is(HttpStatusCode.Accepted, silo, audit, HttpMethod.Post, "/api/v1/admin/audit-logs/export");

        // What the operator would have to do to become more.
        Assert.Equal(HttpStatusCode.Forbidden, (await CreateKey(silo, operation, "acme", Owner)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await CreateKey(silo, operation, "acme", ["tumbler:later"])).Status);
        await Is(HttpStatusCode.Forbidden, silo, operation, HttpMethod.Post, "/api/v1/organizations/ops/api-key/rotate");
        await Is(HttpStatusCode.Forbidden, silo, operation, HttpMethod.Patch, $"/api/v1/organizations/ops/api-keys/{operating.Key!.Id}", new { scopes = Owner });
        await Is(HttpStatusCode.Forbidden, silo, operation, HttpMethod.Post, "/api/v1/admin/audit-logs/export");
        await Is(HttpStatusCode.Forbidden, silo, audit, HttpMethod.Post, "/api/v1/admin/jwt-rotation/trigger", new { mode = "immediate" });

        // Who did it is in the log by name, and the log verifies.
        var entries = await silo.Admin.AuditLog("?action=ROTATE&limit=200");
        Assert.Contains(entries, entry => entry.Actor.Type == "administrator" && entry.Actor.Id == operating.Key.Id);
        Assert.True((await silo.Admin.VerifyAudit()).Valid);

        // One who is to be an administrator no more is none at once, whatever tokens there are.
        await Is(HttpStatusCode.OK, silo, owner, HttpMethod.Delete, $"/api/v1/organizations/ops/api-keys/{operating.Key.Id}");
        await Is(HttpStatusCode.Unauthorized, silo, operation, HttpMethod.Get, "/api/v1/admin/rings");
        await Is(HttpStatusCode.OK, silo, owner, HttpMethod.Put, "/api/v1/organizations/ops", new { status = "suspended" });
        await Is(HttpStatusCode.Unauthorized, silo, owner, HttpMethod.Put, "/api/v1/organizations/ops", new { status = "active" });
        await Is(HttpStatusCode.Unauthorized, silo, audit, HttpMethod.Get, "/api/v1/admin/rings");
    }

    private static async Task<string> Token(SiloProcess silo, NewApiKey key) => (await silo.Tokens.ByBasic(key)).Text;

    private async Task<(HttpStatusCode Status, NewApiKey? Key)> CreateKey(SiloProcess silo, string token, string org, string[] scopes)
    {
        using var answer = await Send(silo, token, HttpMethod.Post, $"/api/v1/organizations/{org}/api-keys", new { name = "person", scopes });
        if (!answer.IsSuccessStatusCode)
            return (answer.StatusCode, null);
        var key = await Wire.Read<NewApiKey>(answer);
        run.Secrets.Add(key.Key);
        return (answer.StatusCode, key);
    }

    private static async Task Is(HttpStatusCode expected, SiloProcess silo, string token, HttpMethod method, string path, object? body = null)
    {
        using var answer = await Send(silo, token, method, path, body);
        Assert.True(answer.StatusCode == expected, $"{method} {path} answered {(int)answer.StatusCode} instead of {(int)expected}");
    }

    private static async Task<HttpResponseMessage> Send(SiloProcess silo, string token, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: Wire.Json);
        return await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
