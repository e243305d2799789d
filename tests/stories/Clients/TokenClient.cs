using System.Net.Http.Headers;
using System.Text;
using Tumbler.Stories.Tests.Secrets;

namespace Tumbler.Stories.Tests.Clients;

/// <summary>A service that gets tokens, by either of RFC 6749 §2.3.1's two ways.</summary>
public sealed class TokenClient(HttpClient http, SecretsSeen secrets)
{
    public Task<Token> ByBasic(NewApiKey client, string path = "/oauth2/token") => Send(path, Basic(client), []);

    /// <summary>For one of the audiences that the client was granted.</summary>
    public Task<Token> For(NewApiKey client, string audience, string path = "/oauth2/token", string? scope = null) =>
        Send(path, Basic(client), scope is null ? [new("resource", audience)] : [new("resource", audience), new("scope", scope)]);

    public Task<Token> ByPost(NewApiKey client, string path = "/oauth2/token") =>
        Send(path, null, [new("client_id", client.Id), new("client_secret", client.Key)]);

    private static AuthenticationHeaderValue Basic(NewApiKey client) =>
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Key)}")));

    private async Task<Token> Send(string path, AuthenticationHeaderValue? credentials, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), .. fields]),
        };
        request.Headers.Authorization = credentials;
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var granted = await Wire.Read<Granted>(answer);
        Assert.Equal("Bearer", granted.TokenType);
        secrets.Add(granted.AccessToken);
        return Token.Parse(granted.AccessToken);
    }
}
