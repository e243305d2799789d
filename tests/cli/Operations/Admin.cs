using System.Net.Http.Json;
using System.Text.Json;

namespace Tumbler.Cli.Tests.Operations;

/// <summary>Changes a server as an administrator, so that there is something to see.</summary>
internal static class Admin
{
    public static Task CreateOrganization(string url, string key, string slug) =>
        Post(url, key, "/api/v1/organizations", new { slug, name = $"Organisation {slug}", email = "ops@acme.example" });

    /// <returns>The API key.</returns>
    public static async Task<string> CreateApiKey(string url, string key, string org) =>
        (await Post(url, key, $"/api/v1/organizations/{org}/api-keys", new { name = "script" })).GetProperty("key").GetString()!;

    public static Task Rotate(string url, string key) => Post(url, key, "/api/v1/admin/rings/default/rotate", new { mode = "immediate" });

    public static async Task<JsonElement> Post(string url, string key, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Add("X-Admin-Key", key);
        using var answer = await http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
