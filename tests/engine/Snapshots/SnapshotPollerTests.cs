using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Snapshots;

public sealed class SnapshotPollerTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task What_one_node_revokes_the_others_refuse_after_one_question()
    {
        var (one, other) = (await installation.StartNode(), await installation.StartNode());
        var client = await one.NewClient();
        var token = await other.Token(client);
        var stolen = one.Verify(token).Kid;
        await other.Poll();
        Node.Admitted(await one.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
        Node.Admitted(await one.Rings.Revoke(RingId.Default, stolen, new WithdrawKey(), Installation.Call()));
        Assert.True((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        Assert.Contains(stolen, other.PublishedKids());

        await other.Poll();

        Assert.False((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        Assert.Equal(OAuthErrorCode.InvalidClient, await other.TokenError(client.Request()));
        Assert.Equal(one.PublishedKids(), other.PublishedKids());
        Assert.DoesNotContain(stolen, other.PublishedKids());
    }

    [Fact]
    public async Task It_asks_once_a_second_of_the_machines_clock()
    {
        var node = await installation.StartNode();
        var asked = Channel.CreateUnbounded<bool>();
        installation.Store.ChangesAsked = () => asked.Writer.TryWrite(true);
        var poller = node.Get<SnapshotPoller>();
        await poller.StartAsync(CancellationToken.None);
        await Asked();
        await Asked();

        for (var second = 0; second < 3; second++)
        {
            installation.Clock.Advance(TimeSpan.FromMilliseconds(999));
            Assert.False(asked.Reader.TryRead(out _));
            installation.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Asked();
        }

        await poller.StopAsync(CancellationToken.None);

        async Task Asked()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await asked.Reader.ReadAsync(patience.Token);
        }
    }

    [Fact]
    public async Task Only_what_this_node_shows_and_what_is_newer_is_read()
    {
        var (one, other) = (await installation.StartNode(), await installation.StartNode());
        var client = await one.NewClient();
        await one.NewClient("stranger");
        await other.Token(client);
        await other.Poll();
        var (rings, orgs) = (installation.Store.Rings.Loads, installation.Store.Organizations.Loads);

        await other.Poll();
        await one.NewKey("stranger");
        await one.Poll();
        await other.Poll();

        Assert.Equal((rings, orgs), (installation.Store.Rings.Loads, installation.Store.Organizations.Loads));
        await one.NewKey("acme");
        await other.Poll();
        Assert.Equal(orgs + 1, installation.Store.Organizations.Loads);
    }

    [Fact]
    public async Task A_store_that_is_away_is_logged_once_and_what_changed_meanwhile_is_made_up_for()
    {
        var (one, other) = (await installation.StartNode(), await installation.StartNode());
        var client = await one.NewClient();
        await other.Token(client);
        await other.Poll();
        Node.Admitted(await one.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));

        installation.Store.Away = true;
        for (var second = 0; second < 5; second++)
        {
            await other.Poll();
            installation.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        installation.Store.Away = false;
        await other.Poll();

        Assert.False((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        Assert.Single(installation.Log.Lines, line => line.Text.Contains("does not hear", StringComparison.Ordinal));
        Assert.Single(installation.Log.Lines, line => line.Level == LogLevel.Information && line.Text.Contains("hears of changes again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_holds_up_no_other_and_is_asked_for_again()
    {
        var (one, other) = (await installation.StartNode(), await installation.StartNode());
        var (first, second) = (await one.NewClient("first"), await one.NewClient("second"));
        await other.Token(first);
        await other.Token(second);
        await other.Poll();
        foreach (var client in (Client[])[first, second])
            Node.Admitted(await one.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
        installation.Store.Organizations.AfterLoad = org =>
            org == first.Org ? throw new FormatException("Damaged.") : Task.CompletedTask;

        await other.Poll();
        installation.Clock.Advance(TimeSpan.FromSeconds(11));
        await other.Poll();

        Assert.False((await other.ApiKeys.Verify(new VerifyApiKey(second.Key))).Valid);
        Assert.Contains(await other.Readiness.Check(CancellationToken.None), check => check is { Name: "snapshots", Ok: false });
        installation.Store.Organizations.AfterLoad = _ => Task.CompletedTask;
        await other.Poll();
        Assert.False((await other.ApiKeys.Verify(new VerifyApiKey(first.Key))).Valid);
        Assert.All(await other.Readiness.Check(CancellationToken.None), check => Assert.True(check.Ok, check.Name));
    }

    [Fact]
    public async Task A_first_use_that_read_the_state_before_a_change_does_not_show_it_for_ever()
    {
        var (one, other) = (await installation.StartNode(), installation.NewNode());
        var client = await one.NewClient();
        await other.Get<SnapshotPoller>().StartAsync(CancellationToken.None);
        installation.Store.Organizations.AfterLoad = async _ =>
        {
            installation.Store.Organizations.AfterLoad = _ => Task.CompletedTask;
            Node.Admitted(await one.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
            await other.Poll();
        };

        await other.ApiKeys.Verify(new VerifyApiKey(client.Key));

        Assert.False((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        await other.Get<SnapshotPoller>().StopAsync(CancellationToken.None);
    }
}
