using System.Text.Json;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Foreign;

/// <summary>npm's <c>openid-client</c>, by which Node.js services get tokens.</summary>
internal sealed class OpenIdClient(StoryRun run, string issuer, string authority) : IAsyncDisposable
{
    private readonly LineProcess node = new("node", Path.Combine(run.StoriesFolder, "Foreign", "openid.mjs"));

    /// <summary>A new key that it keeps.</summary>
    /// <returns>The public half, as a JWK.</returns>
    public async Task<JsonElement> NewKey(string algorithm, string kid) =>
        (await node.Ask(new { op = "key", algorithm, kid })).GetProperty("value");

    /// <param name="certificate">PEM with private key; null for none.</param>
    public async Task<Token> Token(string client, string method, string? algorithm = null, string? kid = null, string? certificate = null)
    {
        var answer = await Ask(client, method, algorithm, kid, certificate);
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        var token = Clients.Token.Parse(answer.GetProperty("value").GetProperty("access_token").GetString()!);
        run.Secrets.Add(token.Text);
        return token;
    }

    /// <inheritdoc cref="Token"/>
    public async Task<string> Error(string client, string method, string? algorithm = null, string? kid = null, string? certificate = null) =>
        (await Ask(client, method, algorithm, kid, certificate)).GetProperty("error").GetString()!;

    /// <summary>Introspects a token, revokes it, and introspects it again.</summary>
    public async Task<(JsonElement Before, JsonElement After)> Revoke(
        Token token, string client, string method, string? algorithm = null, string? kid = null, string? certificate = null)
    {
        var answer = await Ask(client, method, algorithm, kid, certificate, "revoke", token.Text);
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        var value = answer.GetProperty("value");
        return (value.GetProperty("before"), value.GetProperty("after"));
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private Task<JsonElement> Ask(
        string client, string method, string? algorithm, string? kid, string? certificate, string op = "token", string? token = null) =>
        node.Ask(new { op, issuer, client, method, algorithm, kid, ca = authority, certificate, scope = "read", token });
}
