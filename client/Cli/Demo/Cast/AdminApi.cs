using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>What an administrator does. Whatever is refused is a defect: the server is the demo's own.</summary>
internal sealed class AdminApi(HttpClient http, string adminKey)
{
    private const string Ring = "/api/v1/admin/rings/default";
    private const string Log = "/api/v1/admin/audit-logs";

    public Task CreateOrganization(string slug, CancellationToken stop) => Send(
        HttpMethod.Post, "/api/v1/organizations", new JsonObject { ["slug"] = slug, ["name"] = "Demo", ["email"] = "demo@demo.example" }, stop);

    /// <returns>The client's id and its secret.</returns>
    public async Task<(string Id, string Secret)> CreateApiKey(string org, string scope, string[] audiences, CancellationToken stop)
    {
        var answer = await Send(
            HttpMethod.Post, $"/api/v1/organizations/{org}/api-keys",
            new JsonObject { ["name"] = "demo", ["scopes"] = new JsonArray(scope), ["audiences"] = new JsonArray([.. audiences.Select(each => (JsonNode)each)]) }, stop);
        return (answer.GetProperty("id").GetString()!, answer.GetProperty("key").GetString()!);
    }

    /// <summary>The default ring's, with all their instants.</summary>
    public async Task<IReadOnlyList<JsonElement>> Keys(CancellationToken stop) => Items(await Send(HttpMethod.Get, $"{Ring}/keys", null, stop));

    /// <returns>The <c>kid</c> of the key that signs now.</returns>
    public async Task<string> RevokeKey(string kid, CancellationToken stop)
    {
        var status = await Send(HttpMethod.Post, $"{Ring}/keys/{kid}/revoke", new JsonObject { ["reason"] = "the demo says that it has leaked" }, stop);
        return status.GetProperty("signing_kid").GetString()!;
    }

    public Task<JsonElement> VerifyLog(CancellationToken stop) => Send(HttpMethod.Post, $"{Log}/verify", null, stop);

    /// <returns>How many entries about signing keys there are with this action.</returns>
    public async Task<int> CountKeyEntries(string action, CancellationToken stop) =>
        Items(await Send(HttpMethod.Get, $"{Log}?action={action}&resource_type=SIGNING_KEY&limit=200", null, stop)).Length;

    private async Task<JsonElement> Send(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Admin-Key", adminKey);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(stop));
    }

    private static JsonElement[] Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];
}
