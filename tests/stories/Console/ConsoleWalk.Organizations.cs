using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

internal sealed partial class ConsoleWalk
{
    private string billing = "";

    public async Task NewOrganization()
    {
        await console.Go("Organisations");
        await console.Button("New organisation").ClickAsync();
        await console.Dialog.GetByLabel("Slug").FillAsync("a b");
        await console.Dialog.GetByLabel("Name").FillAsync("<b>Acme</b> & Co");
        await console.Dialog.GetByLabel("E-mail").FillAsync("ops@acme.example");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(console.Dialog.GetByLabel("Slug")).ToBeFocusedAsync();
        await Expect(console.Dialog.GetByLabel("Slug")).ToHaveAttributeAsync("aria-invalid", "true");
        await console.Inspect("organization-refused");
        await console.Dialog.GetByLabel("Slug").FillAsync(org);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(console.Dialog).ToHaveCountAsync(0);

        // What somebody else has typed is text.
        await Expect(console.Row(org)).ToContainTextAsync("<b>Acme</b> & Co");
        await console.Inspect("organizations");
        await Main.GetByRole(AriaRole.Link, new() { Name = org, Exact = true }).ClickAsync();
        await Expect(Main.GetByText("There are no API keys.", new() { Exact = false })).ToBeVisibleAsync();
        await console.Inspect("organization-empty");
    }

    public async Task NewKey()
    {
        await console.Button("New API key").ClickAsync();
        await console.Dialog.GetByLabel("Name").FillAsync("billing");
        await console.Dialog.GetByLabel("Scopes").FillAsync("read write");
        await console.Inspect("new-key");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        billing = await TakeKey("key-once");
        Assert.True((await admin.VerifyApiKey(billing)).Valid);
        await Expect(console.Row("billing")).ToContainTextAsync("active");

        // Somebody else makes one: nobody has to reload for it.
        await admin.CreateApiKey(org);
        await Expect(console.Row("story")).ToBeVisibleAsync();
        await console.Inspect("organization");
    }

    public async Task ChangeAndRotateKeys()
    {
        await console.Go("Organisations");
        await Main.GetByRole(AriaRole.Link, new() { Name = org, Exact = true }).ClickAsync();
        await console.Button("Change key billing").ClickAsync();
        await console.Dialog.GetByLabel("Name").FillAsync("invoices");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Expect(console.Row("invoices")).ToBeVisibleAsync();

        await console.Button("Rotate all").ClickAsync();
        await console.Dialog.GetByLabel("The old ones are accepted").SelectOptionAsync("PT1H");
        await console.Confirm(org, "Rotate", closes: false);
        var replacement = await TakeKey("rotated-once");
        Assert.True((await admin.VerifyApiKey(replacement)).Valid);
        Assert.True((await admin.VerifyApiKey(billing)).Valid);
        await Expect(console.Row("invoices")).ToContainTextAsync("retiring");

        await console.Button("Revoke key invoices").ClickAsync();
        var short8 = await Shown(console.Row("invoices").Locator("code").First);
        await console.Confirm(short8, "Revoke");
        await Expect(console.Row("invoices")).ToContainTextAsync("revoked");
        Assert.False((await admin.VerifyApiKey(billing)).Valid);
    }

    public async Task Clients()
    {
        await admin.RegisterClient(org, new { client_name = "reports", token_endpoint_auth_method = "tls_client_auth", tls_client_auth_san_dns = "reports.example" });
        await Expect(console.Row("reports")).ToBeVisibleAsync();
        await console.Button("Delete client reports").ClickAsync();
        await console.Confirm("reports", "Delete");
        await Expect(console.Row("reports")).ToHaveCountAsync(0);
    }

    public async Task EndOrganization()
    {
        await console.Go("Organisations");
        await Main.GetByRole(AriaRole.Link, new() { Name = org, Exact = true }).ClickAsync();
        await console.Button("Suspend").ClickAsync();
        await console.Confirm(org, "Suspend");
        await Expect(Main.GetByText("suspended")).ToBeVisibleAsync();
        await console.Button("Activate").ClickAsync();
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(Main.GetByText("suspended")).ToHaveCountAsync(0);
        await console.Button("Delete").ClickAsync();
        await console.Confirm(org, "Delete");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Organisations" })).ToBeVisibleAsync();
        await Expect(console.Row(org)).ToHaveCountAsync(0);
    }

    /// <summary>From the box that shows it once, by its copy button.</summary>
    private async Task<string> TakeKey(string picture)
    {
        var shown = console.Dialog.Locator("output");
        var key = await Shown(shown);
        run.Secrets.Add(key);

        // Not into the picture, which is kept.
        await shown.EvaluateAsync("node => { node.dataset.key = node.textContent; node.textContent = 'shown_once_' + 'x'.repeat(40); }");
        await console.Inspect(picture);
        await shown.EvaluateAsync("node => node.textContent = node.dataset.key");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Copy API key" }).ClickAsync();
        await Expect(console.Dialog.GetByText("Copied")).ToBeVisibleAsync();
        Assert.Equal(key, await Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        await Page.Keyboard.PressAsync("Escape");
        await Expect(shown).ToBeVisibleAsync();
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        await Expect(console.Dialog).ToHaveCountAsync(0);
        await console.FocusIsSomewhere();

        // Nor is it anywhere in what the page holds. A closed box is taken out a moment later.
        await Expect(Page.Locator("output[data-secret]")).ToHaveCountAsync(0);
        Assert.DoesNotContain(key, await Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Matches(new Regex($"^{org}_api_"), key);
        return key;
    }

    private static async Task<string> Shown(ILocator place) => (await place.TextContentAsync())!.Trim();
}
