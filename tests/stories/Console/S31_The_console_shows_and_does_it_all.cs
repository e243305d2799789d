using Microsoft.Playwright;
using Tumbler.Stories.Tests.Silos;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

public sealed class S31_The_console_shows_and_does_it_all(StoryRun run)
{
    /// <summary>Milliseconds, on loopback.</summary>
    private const double FirstPaint = 300;

    /// <summary>On a machine that has no time for anybody, a page of one line is no faster.</summary>
    private const double OfPlainPage = 3;

    [Fact]
    public async Task Every_page_and_every_action_in_one_process()
    {
        using var home = new SiloHome(run, "console");
        await using var silo = await home.Start("--Rings:default:Algorithm", "ES256", "--Development:ClockRate", "600");
        await using var browser = await Browser.Start(run);
        await using var console = await browser.Open(home.Url, 1280);

        // The first ones start the browser's processes as well.
        await using var other = await browser.Open(home.Url, 1280);
        var (plain, paints) = (new List<double>(), new List<double>());
        for (var n = 0; n < 3; n++)
        {
            plain.Add(await other.PaintOf("/health/live"));
            paints.Add(await console.Load());
        }

        run.Measured($"console: first contentful paint after {paints.Min():F0} ms (of a line of text after {plain.Min():F0} ms)");
        Assert.InRange(paints.Min(), 0, Math.Max(FirstPaint, OfPlainPage * plain.Min()));

        var walk = new ConsoleWalk(run, console, silo.Admin, home.AdminKey, "acme", "second");
        await walk.All();
    }

    [Fact]
    public async Task Now_moves_what_is_lost_is_found_again_and_who_is_not_let_in_any_more_is_out()
    {
        using var home = new SiloHome(run, "console-live");
        await using var browser = await Browser.Start(run);
        await using var console = await browser.Open(home.Url, 390, dark: true);
        await using (var silo = await home.Start("--Rings:default:Algorithm", "ES256", "--Development:ClockRate", "60", "--Tokens:Lifetime", "55m"))
        {
            await silo.Admin.CreateOrganization("ops");
            var token = await silo.Tokens.ByBasic(await silo.Admin.CreateApiKeyWith("ops", ["tumbler:auditor"], []));
            await console.Load();
            await console.SignIn(token.Text);
            await console.Go("Rings");
            var now = console.Page.Locator(".now");
            await Expect(now).ToBeVisibleAsync();
            var before = await now.GetAttributeAsync("transform");
            await Expect(now).Not.ToHaveAttributeAsync("transform", before!);
            await console.Inspect("rings-of-an-auditor");

            // An auditor may look; the server says so, and the page shows it.
            await console.Button("Rotate ring default").ClickAsync();
            await console.Dialog.GetByLabel("Type default to confirm").FillAsync("default");
            await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Rotate", Exact = true }).ClickAsync();
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
        }

        await Expect(console.Page.Locator("#live")).ToHaveTextAsync("Reconnecting");
        await console.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await Expect(console.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "can't be reached" })).ToBeVisibleAsync();
        await using var again = await home.Start("--Rings:default:Algorithm", "ES256", "--Development:ClockRate", "60");
        await Expect(console.Page.Locator("#live")).ToHaveTextAsync("Live");
        await console.Button("Try again").ClickAsync();
        await Expect(console.Row("Admin:Key")).ToBeVisibleAsync();
    }
}
