using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

/// <summary>Through the console by Tab, Enter, Space and letters: nothing is clicked and nothing is focused by the test.</summary>
internal sealed class KeyboardWalk(IPage page)
{
    /// <summary>Nobody goes further than this to what he wants.</summary>
    private const int MostTabs = 120;

    public async Task All(string credential, string ring, string org)
    {
        await page.Keyboard.TypeAsync(credential);
        await Press("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeFocusedAsync();

        foreach (var name in (string[])["Organisations", "Audit", "Cluster", "Settings", "Rings"])
        {
            await Follow(name);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = false })).ToBeFocusedAsync();
        }

        await Rings(ring);
        await Organizations(org);
        await Audit();
        await Follow("Settings");
        await TabTo("Hide defaults");
        await Press("Space");
        await Activate("Show certificates");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Certificates" })).ToBeVisibleAsync();
        await Follow("Sign out");
        await Expect(page.GetByLabel("Admin key or access token")).ToBeFocusedAsync();
    }

    private async Task Rings(string ring)
    {
        await Activate("New ring");
        await page.Keyboard.TypeAsync(ring);
        await TabTo("Algorithm", exact: false);
        await page.Keyboard.TypeAsync("ES256");
        await TabTo("Create");
        await Press("Space");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        // Where one was before the dialogue, one is after it.
        Assert.Equal("New ring", await Focused());
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = ring, Exact = true })).ToBeVisibleAsync();
        await TabTo($"Rotate ring {ring}");
        await Press("Enter");
        await Press("ArrowDown");
        await Confirm(ring, "Rotate");

        await Follow(ring);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = ring, Level = 1 })).ToBeFocusedAsync();
        await TabTo("Key ", exact: false);
        var key = (await Focused()).Split(' ')[1];
        await Expect(page.Locator(".detail")).ToContainTextAsync(key);
        foreach (var action in (string[])["Taint", "Revoke"])
        {
            await TabTo($"{action} key ", exact: false);
            var kid = (await Focused()).Split(' ')[^1];
            await Press("Enter");
            await Confirm(kid, action);
        }

        // In this order the buttons stand: what is wanted next may be before what was used last.
        await Activate("Change policy");
        await TabTo("Interval");
        await Press("Control+A");
        await page.Keyboard.TypeAsync("PT48H");
        await Press("Enter");
        await Closed();
        await Activate("Revoke ring");
        await Confirm(ring, "Revoke every key");
    }

    private async Task Organizations(string org)
    {
        await Follow("Organisations");
        await Activate("New organisation");
        await page.Keyboard.TypeAsync(org);
        await Press("Tab");
        await page.Keyboard.TypeAsync("By keyboard");
        await Press("Tab");
        await page.Keyboard.TypeAsync("keys@keyboard.example");
        await Press("Enter");
        await Closed();
        await Follow(org);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = org, Level = 1 })).ToBeFocusedAsync();

        await Activate("New API key");
        await page.Keyboard.TypeAsync("typed");
        await Press("Enter");
        await KeepKey();
        await Activate("Rotate all");
        await Press("ArrowDown");
        await TabTo($"Type {org} to confirm");
        await page.Keyboard.TypeAsync(org);
        await Press("Enter");
        await KeepKey();
        await TabTo("Change key ", exact: false);
        await Press("Enter");
        await Press("End");
        await page.Keyboard.TypeAsync(" by hand");
        await Press("Enter");
        await Closed();
        await Expect(page.GetByRole(AriaRole.Cell).GetByText("by hand")).ToBeVisibleAsync();
        await TabTo("Revoke key ", exact: false);
        await Press("Enter");
        var asked = await page.GetByLabel(new Regex("^Type .* to confirm")).GetAttributeAsync("id");
        await Confirm((await page.Locator($"label[for='{asked}']").InnerTextAsync()).Split(' ')[1], "Revoke");
        await Activate("Suspend");
        await Confirm(org, "Suspend");
        await Activate("Activate");
        await Press("Tab");
        await Press("Enter");
        await Closed();
        await Activate("Delete");
        await Confirm(org, "Delete");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Organisations" })).ToBeFocusedAsync();
    }

    private async Task Audit()
    {
        await Follow("Audit");
        await TabTo("Action", exact: false);
        await page.Keyboard.TypeAsync("rotate");
        await Activate("Filter");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "create", Exact = true })).ToHaveCountAsync(0);
        await TabTo("Details of ", exact: false);
        await Press("Enter");
        await Expect(page.Locator("tr.details")).ToBeVisibleAsync();
        await Press("Enter");
        await Expect(page.Locator("tr.details")).ToHaveCountAsync(0);
        await Activate("Verify the log");
        await Expect(page.GetByText("It verifies")).ToBeVisibleAsync();
    }

    private async Task Confirm(string typed, string action)
    {
        await TabTo($"Type {typed} to confirm");
        await page.Keyboard.TypeAsync(typed);
        await TabTo(action);
        await Press("Enter");
        await Closed();
    }

    /// <summary>The box that shows a key once is not closed by accident.</summary>
    private async Task KeepKey()
    {
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("It is shown this once.", new() { Exact = false })).ToBeVisibleAsync();
        await Press("Escape");
        await Activate("Copy API key");
        await Expect(page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        await Activate("I have kept it");
        await Closed();
    }

    private async Task Closed()
    {
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator("body")).Not.ToBeFocusedAsync();
    }

    private async Task Activate(string button)
    {
        await TabTo(button);
        await Press("Enter");
    }

    private async Task Follow(string name)
    {
        await TabTo(name);
        await Press("Enter");
    }

    private Task Press(string key) => page.Keyboard.PressAsync(key);

    private async Task TabTo(string name, bool exact = true)
    {
        var passed = new List<string>();
        while (passed.Count < MostTabs)
        {
            var focused = await Focused();
            if (exact ? focused == name : focused.StartsWith(name, StringComparison.Ordinal))
                return;
            passed.Add(focused);
            await Press("Tab");
        }

        Assert.Fail($"Tab does not lead to {name}, only to: {string.Join(" | ", passed)}");
    }

    private Task<string> Focused() => page.EvaluateAsync<string>(
        """
        () => { const node = document.activeElement;
          return (node.getAttribute("aria-label") ?? ([...node.labels ?? []].map(label => label.textContent).join(" ") || node.textContent)).trim(); }
        """);
}
