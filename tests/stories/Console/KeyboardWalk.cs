using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Console;

/// <summary>Through the console by Tab, Enter, Space and letters: nothing is clicked and nothing is focused by the test.</summary>
internal sealed class KeyboardWalk(IPage page)
{
    /// <summary>Nobody goes further than this to what he wants.</summary>
    private const int MostTabs = 120;

    public async Task All(string credential, string ring)
    {
        await page.Keyboard.TypeAsync(credential);
        await Press("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeFocusedAsync();

        foreach (var name in (string[])["Organisations", "Audit", "Cluster", "Settings", "Rings"])
        {
            await Follow(name);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = false })).ToBeFocusedAsync();
        }

        await TabTo("New ring");
        await Press("Enter");
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
        await TabTo($"Type {ring} to confirm");
        await page.Keyboard.TypeAsync(ring);
        await TabTo("Rotate");
        await Press("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Follow("Sign out");
        await Expect(page.GetByLabel("Admin key or access token")).ToBeFocusedAsync();
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
