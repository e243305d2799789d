using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

internal sealed partial class ConsoleWalk
{
    public async Task AuditEntries()
    {
        await console.Go("Audit");
        await Page.GetByLabel("Organisation").FillAsync(org);
        await Page.GetByLabel("Resource", new() { Exact = true }).SelectOptionAsync("ORGANIZATION");
        await Page.GetByLabel("Action").SelectOptionAsync("CREATE");
        await console.Button("Filter").ClickAsync();
        await Expect(Main.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Main.GetByText("Details", new() { Exact = true }).ClickAsync();
        await Expect(Main.GetByText($"org:{org} no. 1", new() { Exact = true })).ToBeVisibleAsync();
        await console.Inspect("audit-filtered");

        await Page.GetByLabel("Organisation").FillAsync("no such");
        await console.Button("Filter").ClickAsync();
        await Expect(Main.GetByRole(AriaRole.Alert).Filter(new() { HasTextRegex = ErrorId() })).ToBeVisibleAsync();
        await console.Inspect("audit-refused");
        await console.Button("Clear").ClickAsync();
        await Expect(console.Row("signing key").First).ToBeVisibleAsync();
        await console.Inspect("audit");
    }

    public async Task VerifyAndExport()
    {
        await console.Go("Audit");
        await console.Button("Verify the log").ClickAsync();
        await Expect(Main.GetByText("It verifies")).ToBeVisibleAsync();

        await console.Button("New export").ClickAsync();
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var file = console.Button("Download audit.jsonl").First;

        // It is made in the background, after a checkpoint.
        await Expect(file).ToBeVisibleAsync(new() { Timeout = 90_000 });
        var download = await Page.RunAndWaitForDownloadAsync(() => file.ClickAsync());
        Assert.Equal("audit.jsonl", download.SuggestedFilename);
        await using var content = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        Assert.Contains("\"chain\"", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await console.Inspect("audit-exported");
    }
}
