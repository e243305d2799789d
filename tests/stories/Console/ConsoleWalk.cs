using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tumbler.Stories.Tests.Clients;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

/// <summary>Every page and every action, one after the other, with a look at the server after what was done.</summary>
/// <param name="org">An organisation that is not there yet.</param>
/// <param name="ring">A ring that is not there yet.</param>
internal sealed partial class ConsoleWalk(StoryRun run, ConsolePage console, AdminClient admin, string adminKey, string org, string ring)
{
    private IPage Page => console.Page;

    private ILocator Main => Page.Locator("#main");

    public async Task All()
    {
        await MostOfIt();
        await TaintAndPolicy();
        await ChangeAndRotateKeys();
        await Clients();
        await VerifyAndExport();
        await Cluster();
        await Settings();
        await EndOrganization();
        await SignOut();
        console.AssertNoComplaints("at the end");
    }

    /// <summary>Of each kind of thing one, in a few seconds.</summary>
    public async Task MostOfIt()
    {
        await SignIn();
        await Overview();
        await NewRing();
        await PointAtKeys();
        await RotateAndRevoke();
        await NewOrganization();
        await NewKey();
        await AuditEntries();
    }

    public async Task SignIn()
    {
        await console.Inspect("sign-in");
        await console.SignIn("not-the-admin-key-0123456789abcdefghij");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(ErrorId());
        await console.Inspect("refused");
        await console.SignIn(adminKey);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await Expect(Page.Locator("#live")).ToHaveTextAsync("Live");
        await KeyIsNowhere();
    }

    public async Task Overview()
    {
        await console.Go("Overview");
        await Expect(Main.GetByText("Ready", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Main.GetByRole(AriaRole.Link, new() { Name = "default" })).ToBeVisibleAsync();
        await Expect(Main.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Tokens issued: [0-9.]+ a second") })).ToBeVisibleAsync();
        await console.Inspect("overview");
    }

    public async Task NewRing()
    {
        await console.Go("Rings");
        await console.Button("New ring").ClickAsync();
        await console.Dialog.GetByLabel("Id").FillAsync("Not an id");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(console.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync(ErrorId());
        await console.Inspect("ring-refused");
        await console.Dialog.GetByLabel("Id").FillAsync(ring);
        await console.Dialog.GetByLabel("Algorithm").SelectOptionAsync("ES256");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(console.Dialog).ToHaveCountAsync(0);
        await Expect(TimeLine(ring).GetByRole(AriaRole.Img)).ToHaveCountAsync(2);
        await console.Inspect("rings");
    }

    public async Task PointAtKeys()
    {
        await Main.GetByRole(AriaRole.Link, new() { Name = ring, Exact = true }).ClickAsync();
        var keys = await admin.Keys(ring);
        var (signs, next) = (keys.Single(key => key.State == "signing").Kid, keys.Single(key => key.State == "published").Kid);
        var detail = Main.Locator(".detail");
        await TimeLine(ring).GetByRole(AriaRole.Img, new() { NameRegex = new Regex("signs next") }).HoverAsync();
        await Expect(detail).ToContainTextAsync(next);
        await TimeLine(ring).GetByRole(AriaRole.Img, new() { NameRegex = new Regex("is signing;") }).FocusAsync();
        await Expect(detail).ToContainTextAsync(signs);
        var now = Main.Locator(".now");
        var before = await now.GetAttributeAsync("data-at");
        await Expect(now).Not.ToHaveAttributeAsync("data-at", before!);
        await console.Inspect("ring");
    }

    public async Task RotateAndRevoke()
    {
        var first = await SigningKid();
        await console.Button("Rotate").ClickAsync();
        await console.Dialog.GetByLabel("At once").CheckAsync();
        await console.Dialog.GetByLabel("Reason").FillAsync("a story");
        await console.Inspect("rotate");
        await console.Confirm(ring, "Rotate");
        await Expect(Main.Locator(".summary")).ToContainTextAsync("last rotation immediate");
        var second = await SigningKid();
        Assert.NotEqual(first, second);

        // The button goes with the key it is about.
        await console.Button($"Revoke key {first[..8]}").ClickAsync();
        await console.Confirm(first[..8], "Revoke");
        await Expect(console.Row(first[..8])).ToContainTextAsync("revoked");
        await Expect(console.Button($"Revoke key {first[..8]}")).ToHaveCountAsync(0);
        await console.FocusIsSomewhere();
        Assert.Equal("revoked", (await admin.Keys(ring)).Single(key => key.Kid == first).State);
        await console.Inspect("ring-after");
    }

    public async Task TaintAndPolicy()
    {
        await console.Go("Rings");
        await Main.GetByRole(AriaRole.Link, new() { Name = ring, Exact = true }).ClickAsync();
        var second = await SigningKid();
        await console.Button($"Taint key {second[..8]}").ClickAsync();
        await console.Confirm(second[..8], "Taint");
        await Expect(console.Row(second[..8])).ToContainTextAsync("tainted");

        await console.Button("Change policy").ClickAsync();
        await console.Dialog.GetByLabel("Interval").FillAsync("PT48H");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Expect(Main.Locator(".summary")).ToContainTextAsync("48 h");

        await console.Button("Revoke ring").ClickAsync();
        await console.Confirm(ring, "Revoke every key");
        await Expect(TimeLine(ring).GetByRole(AriaRole.Img, new() { NameRegex = new Regex("is signing;") })).ToBeVisibleAsync();
        await console.Inspect("ring-revoked");
    }

    public async Task Cluster()
    {
        await console.Go("Cluster");
        await Expect(Main.GetByText("answers here")).ToBeVisibleAsync();
        await console.Inspect("cluster");
    }

    public async Task Settings()
    {
        await console.Go("Settings");
        await Page.GetByLabel("Name contains").FillAsync("admin:key");
        await Expect(console.Row("Admin:Key")).ToContainTextAsync("masked");
        Assert.DoesNotContain(adminKey, await Main.InnerTextAsync(), StringComparison.Ordinal);
        await console.Inspect("settings-filtered");
        await Page.GetByLabel("Name contains").FillAsync("");
        await Page.GetByLabel("Hide defaults").UncheckAsync();
        await console.Button("Show certificates").ClickAsync();
        await Expect(Main.GetByText(new Regex("^[0-9]+ keys: 0 not encrypted"))).ToBeVisibleAsync();
        await console.Inspect("settings");
        await console.Button("Rewrap all keys").ClickAsync();
        await console.Confirm("rewrap", "Rewrap");
    }

    /// <summary>Nothing of it is left, and the way back leads to the sign-in.</summary>
    public async Task SignOut()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(Page.GetByLabel("Admin key or access token")).ToBeFocusedAsync();
        Assert.Empty(await Main.InnerTextAsync());
        await Page.GoBackAsync();
        await Expect(Page.GetByLabel("Admin key or access token")).ToBeVisibleAsync();
        await KeyIsNowhere();
    }

    private async Task<string> SigningKid() => (await admin.Keys(ring)).Single(key => key.State == "signing").Kid;

    private ILocator TimeLine(string of) => Main.GetByRole(AriaRole.Group, new() { Name = $"Time line of ring {of}", Exact = true });

    private async Task KeyIsNowhere()
    {
        Assert.DoesNotContain(adminKey, Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(adminKey, await Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("", await Page.GetByLabel("Admin key or access token").InputValueAsync());
        Assert.Equal(0, await Page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length + document.cookie.length"));
        Assert.Empty(await Page.Context.CookiesAsync());
    }

    [GeneratedRegex("ERR-[0-9a-fA-F]{12}")]
    private static partial Regex ErrorId();
}
