using System.Net.Http.Json;

namespace Tumbler.Bench.Growth;

/// <summary>What is asked once, without wrk.</summary>
internal static class Requests
{
    public static Task<HttpResponseMessage> Verify(HttpClient http, PickedKeys keys, int n) =>
        http.PostAsJsonAsync(new Uri("/api/v1/api-keys/verify", UriKind.Relative), new { key = keys.Secret(n) });
}
