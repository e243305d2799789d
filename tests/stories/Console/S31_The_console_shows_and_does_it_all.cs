using Microsoft.Playwright;
using Tumbler.Stories.Tests.Silos;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

public sealed class S31_The_console_shows_and_does_it_all(StoryRun run)
{
    private const long MostBytes = 150 * 1024;

    /// <summary>An hour passes in six seconds: one sees now move.</summary>
    private static readonly string[] Settings = ["--Rings:default:Algorithm", "ES256", "--Development:ClockRate", "600"];

    private static readonly LocatorAssertionsToHaveTextOptions Patiently = new() { Timeout = 60_000 };

    [Fact]
    public async Task The_main_things_of_one_process()
    {
        using var home = new SiloHome(run, "console");
        await using var silo = await home.Start(Settings);
        await using var browser = await Browser.Start(run);
        await using var console = await browser.Open(home.Url, 1280);
        await console.Load();
        var (bytes, files) = await console.Loaded();
        run.Measured($"console: {bytes / 1024.0:F1} KiB in {files} files, unpacked");
        Assert.InRange(files, 10, 40);
        Assert.InRange(bytes, 1, MostBytes);
        await new ConsoleWalk(run, console, silo.Admin, home.AdminKey, "acme", "second").MostOfIt();
    }

    [Fact]
    public async Task Every_page_and_every_action_of_one_process()
    {
        StoryRun.LongFormOnly();
        using var home = new SiloHome(run, "console-all");
        await using var silo = await home.Start(Settings);
        await using var browser = await Browser.Start(run);
        await using var console = await browser.Open(home.Url, 1280);

        // The first ones start the browser's processes as well.
        await using var other = await browser.Open(home.Url, 1280);
        var (plain, paints) = (new List<double>(), new List<double>());
        for (var n = 0; n < 5; n++)
        {
            plain.Add(await other.PaintOf("/health/live"));
            paints.Add(await console.Load());
        }

        run.Measured($"console: first contentful paint after {paints.Min():F0} ms (of a line of text after {plain.Min():F0} ms), the best of {paints.Count}");
        await new ConsoleWalk(run, console, silo.Admin, home.AdminKey, "acme", "second").All();
    }

    [Fact]
    public async Task What_is_lost_is_found_again_and_who_is_not_let_in_any_more_is_out()
    {
        StoryRun.LongFormOnly();
        using var home = new SiloHome(run, "console-live");
        await using var browser = await Browser.Start(run);
        await using var console = await browser.Open(home.Url, 390, dark: true);
        await using (var silo = await home.Start("--Rings:default:Algorithm", "ES256", "--Tokens:Lifetime", "55m"))
        {
            await silo.Admin.CreateOrganization("ops");
            var token = await silo.Tokens.ByBasic(await silo.Admin.CreateApiKeyWith("ops", ["tumbler:auditor"], []));
            await console.Load();
            await console.SignIn(token.Text);
            await console.Go("Rings");
            await Expect(console.Page.Locator(".now")).ToBeVisibleAsync();
            await console.Inspect("rings-of-an-auditor");

            // An auditor may look; the server says so, and the page shows it.
            await console.Button("Rotate ring default").ClickAsync();
            await console.Confirm("default", "Rotate", closes: false);
            await Expect(console.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("This credential is good, but not for this.");
            await console.Inspect("not-allowed");
            await console.Page.Keyboard.PressAsync("Escape");
            await silo.Admin.SetStatus("ops", "suspended");
            await console.Page.EvaluateAsync("() => location.hash = '#/cluster'");
            await Expect(console.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not accepted");
            await Expect(console.Page.GetByLabel("Admin key or access token")).ToBeFocusedAsync();
            console.AssertNoComplaints("with the server");
            await console.SignIn(home.AdminKey);
            await Expect(console.Page.Locator("#live")).ToHaveTextAsync("Live");

            // The connection stands, and nobody speaks.
            await silo.Freeze();
            await Expect(console.Page.Locator("#live")).ToHaveTextAsync("Reconnecting", Patiently);
            await silo.Thaw();
            await Expect(console.Page.Locator("#live")).ToHaveTextAsync("Live", Patiently);
        }

        await Expect(console.Page.Locator("#live")).ToHaveTextAsync("Reconnecting", Patiently);
        await console.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await Expect(console.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "can't be reached" })).ToBeVisibleAsync();
        await using var again = await home.Start("--Rings:default:Algorithm", "ES256");
        await Expect(console.Page.Locator("#live")).ToHaveTextAsync("Live", Patiently);
        await console.Button("Try again").ClickAsync();
        await Expect(console.Row("Admin:Key")).ToBeVisibleAsync();
    }
}
