using System.Net.Http.Json;
using Tumbler.Stories.Tests.Secrets;

namespace Tumbler.Stories.Tests.Clients;

/// <summary>The administrator's side of the API.</summary>
public sealed class AdminClient(HttpClient http, string adminKey, SecretsSeen secrets)
{
    private static readonly string[] Scopes = ["read", "write"];

    public Task<Organization> CreateOrganization(string slug) => Send<Organization>(
        HttpMethod.Post, "/api/v1/organizations", new { slug, name = $"Organisation {slug}", email = $"ops@{slug.Replace('_', '-')}.example" });

    public Task SetStatus(string org, string status) => Send<Organization>(HttpMethod.Put, $"/api/v1/organizations/{org}", new { status });

    public async Task<IReadOnlyList<string>> Organizations()
    {
        var slugs = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Send<Page<Organization>>(
                HttpMethod.Get, $"/api/v1/organizations?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            slugs.AddRange(page.Items.Select(organization => organization.Slug));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return slugs;
    }

    public Task<NewApiKey> CreateApiKey(string org, params string[] audiences) => CreateApiKey(org, audiences, idempotencyKey: null);

    public Task<NewApiKey> CreateApiKey(string org, string[] audiences, string? idempotencyKey) =>
        CreateApiKeyWith(org, Scopes, audiences, idempotencyKey);

    public async Task<NewApiKey> CreateApiKeyWith(string org, string[] scopes, string[] audiences, string? idempotencyKey = null)
    {
        var key = await Send<NewApiKey>(
            HttpMethod.Post, $"/api/v1/organizations/{org}/api-keys", new { name = "story", scopes, audiences }, idempotencyKey);
        secrets.Add(key.Key);
        return key;
    }

    /// <param name="client">An anonymous object with the members of the request.</param>
    /// <returns>Its id.</returns>
    public async Task<string> RegisterClient(string org, object client) =>
        (await Send<NewClient>(HttpMethod.Post, $"/api/v1/organizations/{org}/clients", client)).ClientId;

    public Task DeleteClient(string org, string id) => Send<object>(HttpMethod.Delete, $"/api/v1/organizations/{org}/clients/{id}");

    public Task RevokeApiKey(string org, string id, string? idempotencyKey = null) =>
        Send<object>(HttpMethod.Delete, $"/api/v1/organizations/{org}/api-keys/{id}", body: null, idempotencyKey);

    public Task<KeyVerdict> VerifyApiKey(string key) => Send<KeyVerdict>(HttpMethod.Post, "/api/v1/api-keys/verify", new { key });

    /// <param name="policy">An anonymous object with the members of the request.</param>
    public Task PutRing(string ring, object policy) => Send<object>(HttpMethod.Put, $"/api/v1/admin/rings/{ring}", policy);

    public async Task<string?> Owner(string ring) => (await Send<RingOwner>(HttpMethod.Get, $"/api/v1/admin/rings/{ring}")).Owner;

    public Task<ShownSettings> Settings() => Send<ShownSettings>(HttpMethod.Get, "/api/v1/admin/config");

    public Task<MigrationState> Migration() => Send<MigrationState>(HttpMethod.Get, "/api/v1/admin/migration");

    public Task<ClusterState> Cluster() => Send<ClusterState>(HttpMethod.Get, "/api/v1/admin/cluster");

    public async Task<IReadOnlyList<RingKey>> Keys(string ring) =>
        (await Send<Page<RingKey>>(HttpMethod.Get, $"/api/v1/admin/rings/{ring}/keys")).Items;

    public Task<RingStatus> Status() => Send<RingStatus>(HttpMethod.Get, "/api/v1/admin/jwt-rotation/status");

    public Task<Rotated> Trigger(string mode) => Send<Rotated>(HttpMethod.Post, "/api/v1/admin/jwt-rotation/trigger", new { mode });

    public Task<Rotated> Rotate(string ring, string mode, string? idempotencyKey = null) =>
        Send<Rotated>(HttpMethod.Post, $"/api/v1/admin/rings/{ring}/rotate", new { mode }, idempotencyKey);

    public Task<Rotated> RevokeKey(string ring, string kid) =>
        Send<Rotated>(HttpMethod.Post, $"/api/v1/admin/rings/{ring}/keys/{kid}/revoke", new { reason = "a story" });

    /// <param name="query">With its question mark, behind the organisation where there is one: <c>/acme?status=FAILURE</c>.</param>
    public async Task<IReadOnlyList<AuditEntry>> AuditLog(string query) =>
        (await Send<Page<AuditEntry>>(HttpMethod.Get, $"/api/v1/admin/audit-logs{query}")).Items;

    /// <summary>Every page of it.</summary>
    /// <param name="query">As a first condition: <c>from=…</c>.</param>
    public async Task<IReadOnlyList<AuditEntry>> WholeAuditLog(string query)
    {
        var entries = new List<AuditEntry>();
        string? cursor = null;
        do
        {
            var page = await Send<Page<AuditEntry>>(
                HttpMethod.Get, $"/api/v1/admin/audit-logs?{query}&limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            entries.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return entries;
    }

    public Task<Protected> Protection() => Send<Protected>(HttpMethod.Get, "/api/v1/admin/protection");

    public Task<RewrapResult> Rewrap() => Send<RewrapResult>(HttpMethod.Post, "/api/v1/admin/protection/rewrap");

    public Task<AuditVerdict> VerifyAudit() => Send<AuditVerdict>(HttpMethod.Post, "/api/v1/admin/audit-logs/verify");

    public Task<AuditExport> ExportAudit(string org) => Send<AuditExport>(HttpMethod.Post, $"/api/v1/admin/audit-logs/{org}/export");

    public Task<AuditExport> ExportAudit() => Send<AuditExport>(HttpMethod.Post, "/api/v1/admin/audit-logs/export");

    public Task<AuditExport> Export(string id) => Send<AuditExport>(HttpMethod.Get, $"/api/v1/admin/audit-logs/exports/{id}");

    public async Task<byte[]> ExportFile(string id, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/admin/audit-logs/exports/{id}/files/{file}", UriKind.Relative));
        request.Headers.Add("X-Admin-Key", adminKey);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private async Task<T> Send<T>(HttpMethod method, string path, object? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Admin-Key", adminKey);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: Wire.Json);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Wire.Read<T>(answer);
    }
}
