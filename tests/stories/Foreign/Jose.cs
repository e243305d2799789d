using System.Text.Json;

namespace Tumbler.Stories.Tests.Foreign;

/// <summary>npm's <c>jose</c>, which Node.js services verify with.</summary>
internal sealed class Jose(StoryRun run) : IAsyncDisposable
{
    private readonly LineProcess node = new("node", Path.Combine(run.StoriesFolder, "Foreign", "verify.mjs"));

    public int Verified { get; private set; }

    /// <summary>With a key set that was fetched some time.</summary>
    /// <param name="now">What time it is at the verifier, in seconds since 1970.</param>
    public Task<Verdict> Local(string jwks, string token, string issuer, string audience, long now) =>
        Ask(new { op = "local", jwks, token, issuer, audience, now });

    /// <summary>As a service does it: <c>createRemoteJWKSet</c> with what the issuer's metadata say, kept between calls.</summary>
    public Task<Verdict> Remote(string token, string issuer, string audience, long? now = null) => now is { } time
        ? Ask(new { op = "remote", token, issuer, audience, now = time })
        : Ask(new { op = "remote", token, issuer, audience });

    /// <summary>What a kill list says; it must verify with the keys that its issuer publishes.</summary>
    public async Task<JsonElement> KillList(string issuer, string list)
    {
        var answer = await node.Ask(new { op = "list", issuer, list });
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        Verified++;
        return answer.GetProperty("value");
    }

    /// <summary>The keys of a set as jose understands them, in SPKI PEM.</summary>
    public async Task<IReadOnlyList<string>> Pem(string jwks)
    {
        var answer = await node.Ask(new { op = "pem", jwks });
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("value").Deserialize<string[]>()!;
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private async Task<Verdict> Ask(object question)
    {
        var verdict = Verdict.Of(await node.Ask(question));
        Verified += verdict.Ok ? 1 : 0;
        return verdict;
    }
}
