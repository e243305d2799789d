using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Foreign;

/// <summary>npm's <c>oidc-provider</c>: an issuer that is not ours, with one client.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private readonly LineProcess node;

    private OidcProvider(LineProcess node) => this.node = node;

    public string Issuer { get; private set; } = "";

    /// <summary>The key that signs.</summary>
    public string Kid { get; private set; } = "";

    public static async Task<OidcProvider> Start(StoryRun run, string algorithm, NewApiKey client, string audience)
    {
        var provider = new OidcProvider(new LineProcess("node", Path.Combine(run.StoriesFolder, "Foreign", "provider.mjs")));
        try
        {
            await provider.Ask(new { algorithm, client = client.Id, secret = client.Key, audience });
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new key signs from now on.</summary>
    /// <param name="drop">Whether those before it are published no longer.</param>
    public Task Rotate(bool drop) => Ask(new { op = "rotate", drop });

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private async Task Ask(object question)
    {
        var answer = await node.Ask(question);
        (Issuer, Kid) = (answer.GetProperty("issuer").GetString()!, answer.GetProperty("kid").GetString()!);
    }
}
