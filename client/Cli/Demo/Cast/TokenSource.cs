using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tumbler.Cli.Demo.Tokens;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>A client that gets tokens (RFC 6749 §4.4), and the key set that everybody can read.</summary>
internal sealed class TokenSource(HttpClient http, string id, string secret)
{
    private readonly AuthenticationHeaderValue credentials =
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}")));

    /// <returns>Null when the server gives none, or does not answer.</returns>
    public async Task<IssuedToken?> Issue(string audience, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/oauth2/token", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", audience)]),
        };
        request.Headers.Authorization = credentials;
        try
        {
            using var answer = await http.SendAsync(request, stop);
            return answer.IsSuccessStatusCode
                ? IssuedToken.Parse(JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(stop)).GetProperty("access_token").GetString()!)
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The <c>kid</c>s in the JWKS.</summary>
    public async Task<IReadOnlyList<string>> PublishedKids(CancellationToken stop)
    {
        var set = JsonElement.Parse(await http.GetByteArrayAsync(new Uri("/.well-known/jwks.json", UriKind.Relative), stop));
        return [.. set.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }
}
