using Microsoft.Playwright;
using Tumbler.Stories.Tests.Console;
using static Microsoft.Playwright.Assertions;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S31_The_console_of_a_cluster(LocalCluster cluster)
{
    [Theory]
    [InlineData(1280, false, "wide")]
    [InlineData(390, true, "narrow")]
    public async Task Every_page_and_every_action_over_three_silos(int width, bool dark, string name)
    {
        StoryRun.LongFormOnly();
        await cluster.UntilOneCluster();
        await using var browser = await Browser.Start(cluster.Run);
        await using var console = await browser.Open(cluster.Gateway, width, dark);
        await console.Load();
        var walk = new ConsoleWalk(cluster.Run, console, cluster.Admin, cluster.AdminKey, $"console_{name}", $"console-{name}");
        await console.SignIn(cluster.AdminKey);
        await console.Go("Cluster");
        foreach (var silo in cluster.Silos)
            await Expect(console.Row(silo.Name)).ToContainTextAsync("active");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await walk.All();
    }

    /// <summary>A silo goes away while somebody looks, and the page goes on.</summary>
    [Fact]
    public async Task A_silo_that_goes_away_is_seen_and_missed_by_nobody()
    {
        StoryRun.LongFormOnly();
        await cluster.UntilOneCluster();
        await using var browser = await Browser.Start(cluster.Run);
        await using var console = await browser.Open(cluster.Gateway, 1280);
        await console.Load();
        await console.SignIn(cluster.AdminKey);
        await console.Go("Cluster");
        await Expect(console.Row("silo-3")).ToContainTextAsync("active");
        await cluster.Silos[2].Kill(hold: true);
        await Expect(console.Row("silo-3").GetByText("active", new() { Exact = true })).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await console.Inspect("cluster-without-one");
        await cluster.Healthy();
        await Expect(console.Row("silo-3").First).ToContainTextAsync("active", new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task With_a_keyboard_alone()
    {
        StoryRun.LongFormOnly();
        await cluster.UntilOneCluster();
        await using var browser = await Browser.Start(cluster.Run);
        await using var console = await browser.Open(cluster.Gateway, 1280);
        await console.Load();
        var keyboard = new KeyboardWalk(console.Page);
        await keyboard.All(cluster.AdminKey, "console-keys", "by_keyboard");
        Assert.Equal(2, (await cluster.Admin.Keys("console-keys")).Count(key => key.State is "signing" or "published"));
        console.AssertNoComplaints("by keyboard");
    }
}
