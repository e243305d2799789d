using Microsoft.Playwright;

namespace Tumbler.Stories.Tests.Console;

/// <summary>The system's own Chromium, driven by Playwright.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const float Patience = 60_000;

    private readonly StoryRun run;
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(StoryRun run, IPlaywright playwright, IBrowser browser) => (this.run, this.playwright, this.browser) = (run, playwright, browser);

    public static async Task<Browser> Start(StoryRun run)
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return new Browser(run, playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium" }));
    }

    /// <summary>A window that knows nothing of the others.</summary>
    public async Task<ConsolePage> Open(Uri server, int width, bool dark = false)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.ToString(),
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(Patience);
        return await ConsolePage.Of(context, Path.Combine(run.Root, "artifacts", "console"), dark ? $"{width}-dark" : $"{width}");
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
