using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

/// <summary>One window with the console in it. Whatever the browser complains about fails the story.</summary>
public sealed class ConsolePage : IAsyncDisposable
{
    /// <summary>Told to the browser's console, where all other complaints are.</summary>
    private const string TellViolations =
        "addEventListener('securitypolicyviolation', e => console.error(`policy violated: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))";

    private readonly ConcurrentQueue<string> complaints = [];
    private readonly string folder;
    private readonly string name;
    private int pictures;

    private ConsolePage(IPage page, string folder, string name)
    {
        (Page, this.folder, this.name) = (page, folder, name);
        page.Console += (_, said) =>
        {
            // Which refusals there may be is the story's business: it looks at what the page shows.
            if (said.Type is "error" or "warning" && !said.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal))
                complaints.Enqueue($"{said.Type}: {said.Text}");
        };
        page.PageError += (_, error) => complaints.Enqueue($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("blob:", StringComparison.Ordinal) && new Uri(request.Url).Host != "127.0.0.1")
                complaints.Enqueue($"another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public static async Task<ConsolePage> Of(IBrowserContext context, string folder, string name)
    {
        Directory.CreateDirectory(folder);
        await context.AddInitScriptAsync(TellViolations);
        return new ConsolePage(await context.NewPageAsync(), folder, name);
    }

    /// <inheritdoc cref="PaintOf"/>
    public async Task<double> Load()
    {
        var paint = await PaintOf("/console/");
        await Expect(Page.GetByLabel("Admin key or access token")).ToBeFocusedAsync();
        return paint;
    }

    /// <returns>Milliseconds from the navigation to the first paint.</returns>
    public async Task<double> PaintOf(string path)
    {
        await Page.GotoAsync(path);
        return await Page.EvaluateAsync<double>(
            """
            () => new Promise(done => new PerformanceObserver((list, watch) => {
              const paint = list.getEntries().find(entry => entry.name === "first-contentful-paint");
              if (paint) { watch.disconnect(); done(paint.startTime); }
            }).observe({ type: "paint", buffered: true }))
            """);
    }

    public async Task SignIn(string credential)
    {
        await Page.GetByLabel("Admin key or access token").FillAsync(credential);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>By the navigation, as people do.</summary>
    public async Task Go(string link)
    {
        await Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Expect(Page.Locator("#main .loading")).ToHaveCountAsync(0);
    }

    public ILocator Button(string name, bool exact = true) => Page.Locator("#main").GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    public ILocator Row(string text) => Page.Locator("#main").GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    /// <summary>Types something else than what the button waits for, then that, and has it done.</summary>
    public async Task Confirm(string typed, string action, bool closes = true)
    {
        var button = Dialog.GetByRole(AriaRole.Button, new() { Name = action, Exact = true });
        var typing = Dialog.GetByLabel($"Type {typed} to confirm");
        await Expect(button).ToBeDisabledAsync();
        await typing.FillAsync(typed[..^1]);
        await typing.PressAsync("Enter");
        await Expect(button).ToBeDisabledAsync();
        await Expect(typing).ToBeFocusedAsync();
        await typing.FillAsync(typed);
        await button.ClickAsync();
        if (!closes)
            return;
        await Expect(Dialog).ToHaveCountAsync(0);
        await FocusIsSomewhere();
    }

    /// <summary>Whoever goes by keyboard has not to begin at the top again, whatever was drawn anew.</summary>
    public Task FocusIsSomewhere() => Expect(Page.Locator("body")).Not.ToBeFocusedAsync();

    /// <summary>What the browser has loaded of the console, as it is when it is unpacked.</summary>
    /// <returns>Bytes, and of how many files.</returns>
    public async Task<(long Bytes, int Files)> Loaded()
    {
        var sizes = await Page.EvaluateAsync<long[]>(
            """
            () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
              .filter(entry => new URL(entry.name).pathname.startsWith("/console/")).map(entry => entry.decodedBodySize)
            """);
        return (sizes.Sum(), sizes.Length);
    }

    /// <summary>Looks at what is shown as somebody who hardly sees would, and keeps a picture.</summary>
    public async Task Inspect(string what)
    {
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{++pictures:00}-{what}.png"), FullPage = true });
        var faults = await Page.EvaluateAsync<string[]>(PageChecks.Script);
        Assert.True(faults.Length == 0, $"{what} at {name}:\n{string.Join("\n", faults)}");
        AssertNoComplaints(what);
    }

    public void AssertNoComplaints(string when) => Assert.True(complaints.IsEmpty, $"{when} at {name}:\n{string.Join("\n", complaints)}");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
