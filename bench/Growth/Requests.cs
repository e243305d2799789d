using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Tumbler.Bench.Growth;

/// <summary>What is asked once, without wrk.</summary>
internal static class Requests
{
    /// <exception cref="InvalidOperationException">The key is not valid; the answer says so with 200.</exception>
    public static async Task<HttpResponseMessage> Verify(HttpClient http, PickedKeys keys, int n)
    {
        var answer = await http.PostAsJsonAsync(new Uri("/api/v1/api-keys/verify", UriKind.Relative), new { key = keys.Secret(n) });
        var verdict = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
        return (bool)verdict!["valid"]! ? answer : throw new InvalidOperationException($"A key that was made is not valid: {verdict}");
    }
}
