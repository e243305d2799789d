using System.Net.Http.Json;
using System.Text.Json;

namespace Tumbler.Stories.Tests.Clients;

/// <summary>JSON over HTTP as any client would do it: the stories share no code with the product.</summary>
internal static class Wire
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static async Task<T> Get<T>(this HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Read<T>(answer);
    }

    public static Task<string> GetText(this HttpClient http, string path) =>
        http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <exception cref="RefusedException">The answer is no 2xx.</exception>
    public static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new RefusedException(answer.StatusCode, await answer.Content.ReadAsStringAsync()) { RetryAfter = answer.Headers.RetryAfter?.Delta };
        return await answer.Content.ReadFromJsonAsync<T>(Json, TestContext.Current.CancellationToken)
            ?? throw new JsonException("The answer is null.");
    }
}
