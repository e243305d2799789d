namespace Tumbler.Stories.Tests.Foreign;

/// <summary>Debian's <c>python3-jwt</c>. It knows no other time than the system's.</summary>
internal sealed class PyJwt(StoryRun run) : IAsyncDisposable
{
    // Debian's own interpreter: another one on the path would not see Debian's packages.
    private readonly LineProcess python = new("/usr/bin/python3", Path.Combine(run.StoriesFolder, "Foreign", "verify.py"));

    /// <summary>With <c>PyJWKClient</c> and what the issuer's metadata say.</summary>
    public async Task<Verdict> Remote(string token, string algorithm, string issuer, string audience) =>
        Verdict.Of(await python.Ask(new { token, algorithm, issuer, audience }));

    public ValueTask DisposeAsync() => python.DisposeAsync();
}
