using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Revocations;
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
        await one.Revoke(RingId.Default, stolen);
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
        var (poller, asked) = await Running(node);

        for (var second = 0; second < 3; second++)
        {
            installation.Clock.Advance(TimeSpan.FromMilliseconds(999));
            Assert.False(asked.TryRead(out _));
            installation.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Next(asked);
        }

        await poller.StopAsync(CancellationToken.None);
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
    public async Task What_any_node_saves_each_tells_those_who_follow()
    {
        var (one, other) = (await installation.StartNode(), await installation.StartNode());
        await other.Poll();
        var known = other.News.Last;
        await one.NewClient("acme");
        Node.Admitted(await one.Rings.Rotate(RingId.Default, new RotateRing("immediate"), Installation.Call()));
        Assert.False(known.Next.IsCompleted);

        await other.Poll();

        var news = await known.Next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal([RingId.Default], news.Rings);
        Assert.Equal([OrgSlug.Parse("acme")], news.Organizations);
        await other.Poll();
        Assert.False(news.Next.IsCompleted);
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

    [Fact]
    public async Task A_changed_state_that_is_damaged_is_no_longer_served_and_blinds_nobody()
    {
        var (one, other) = (await installation.StartNode(), await installation.StartNode());
        var client = await one.NewClient();
        await other.Token(client);
        await other.Poll();
        Node.Admitted(await one.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
        installation.Store.Organizations.Damaged = client.Org;

        await other.Poll();
        installation.Clock.Advance(TimeSpan.FromSeconds(11));
        await other.Poll();

        await Assert.ThrowsAsync<StoreDamagedException>(async () => await other.ApiKeys.Verify(new VerifyApiKey(client.Key)));
        Assert.All(await other.Readiness.Check(CancellationToken.None), check => Assert.True(check.Ok, check.Name));
        Assert.Single(installation.Log.Lines, line => line.Text.Contains("no longer served here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_stood_still_answers_nobody_before_it_has_asked()
    {
        var node = await installation.StartNode();
        var (poller, _) = await Running(node);
        Assert.True(poller.CatchUp().AsTask().IsCompleted);
        var asked = await Block();

        installation.Clock.Advance(TimeSpan.FromSeconds(30));
        var caughtUp = poller.CatchUp().AsTask();
        Assert.False(caughtUp.IsCompleted);
        asked.SetResult();
        await caughtUp;

        Assert.True(poller.Silence < TimeSpan.FromSeconds(1));
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Nobody_is_answered_by_what_was_known_two_seconds_ago()
    {
        var node = await installation.StartNode();
        var (poller, _) = await Running(node);
        var asked = await Block();

        installation.Clock.Advance(SnapshotPoller.Interval - TimeSpan.FromTicks(1));
        Assert.True(poller.CatchUp().AsTask().IsCompleted);
        installation.Clock.Advance(TimeSpan.FromTicks(1));
        var caughtUp = poller.CatchUp().AsTask();

        Assert.False(caughtUp.IsCompleted);
        asked.SetResult();
        await caughtUp;
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_answer_that_lay_about_while_it_stood_still_is_no_news()
    {
        var node = await installation.StartNode();
        var (poller, _) = await Running(node);
        var asked = await Block();
        installation.Clock.Advance(TimeSpan.FromSeconds(30));
        var caughtUp = poller.CatchUp().AsTask();
        var asking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        installation.Store.BeforeChanges = () =>
        {
            asking.TrySetResult();
            return again.Task;
        };

        asked.SetResult();
        await asking.Task;

        Assert.False(caughtUp.IsCompleted);
        Assert.True(poller.Silence >= TimeSpan.FromSeconds(30));
        again.SetResult();
        await caughtUp;
        Assert.True(poller.Silence < TimeSpan.FromSeconds(1));
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_makes_requests_wait_for_two_seconds_once()
    {
        var node = await installation.StartNode();
        var (poller, _) = await Running(node);
        var asked = await Block();
        installation.Clock.Advance(TimeSpan.FromSeconds(30));
        var (first, second) = (poller.CatchUp().AsTask(), poller.CatchUp().AsTask());

        installation.Clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.False(first.IsCompleted);
        installation.Clock.Advance(TimeSpan.FromTicks(1));

        await Task.WhenAll(first, second);
        await poller.CatchUp();
        asked.SetResult();
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_store_that_is_known_to_be_away_makes_nobody_wait()
    {
        var node = await installation.StartNode();
        var (poller, _) = await Running(node);
        installation.Store.Away = true;
        await poller.Poll(CancellationToken.None);

        installation.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True(poller.CatchUp().AsTask().IsCompleted);
        installation.Store.Away = false;
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_hint_is_followed_at_once_and_each_second_too()
    {
        var (poller, asked) = await Running(await installation.StartNode());

        installation.Store.Hints.Writer.TryWrite(true);
        await Next(asked);
        installation.Store.Hints.Writer.TryWrite(true);
        await Next(asked);
        Assert.False(asked.TryRead(out _));
        installation.Clock.Advance(SnapshotPoller.Interval);
        await Next(asked);
        installation.Clock.Advance(SnapshotPoller.Interval);
        await Next(asked);

        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_store_that_gives_no_hints_is_asked_no_more_than_each_second()
    {
        var (poller, asked) = await Running(await installation.StartNode());
        installation.Store.Away = true;

        for (var second = 0; second < 5; second++)
        {
            installation.Clock.Advance(SnapshotPoller.Interval);
            await Next(asked);
        }

        Assert.False(asked.TryRead(out _));
        installation.Store.Away = false;
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Whoever_wishes_for_a_question_gets_the_answer_to_one_that_began_after_the_wish()
    {
        var node = await installation.StartNode();
        Assert.False(await node.Get<SnapshotPoller>().AskAgain());
        var (poller, asked) = await Running(node);

        Assert.True(await poller.AskAgain());
        await Next(asked);

        // One that is under way is not the one that was wished for.
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var underway = new Queue<TaskCompletionSource>([first, second]);
        installation.Store.BeforeChanges = () => underway.TryDequeue(out var blocked) ? blocked.Task : Task.CompletedTask;
        installation.Store.Hints.Writer.TryWrite(true);
        while (underway.Count == 2)
            await Task.Yield();
        var wished = poller.AskAgain();
        first.SetResult();
        await Next(asked);
        Assert.False(wished.IsCompleted);
        second.SetResult();
        Assert.True(await wished);

        installation.Store.Away = true;
        Assert.False(await poller.AskAgain());
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_revoked_here_is_known_here_when_it_is_answered_and_nothing_else_is_asked_for()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var (poller, asked) = await Running(node);

        await node.NewKey("acme");
        Assert.False(asked.TryRead(out _));
        Node.Admitted(await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));

        Assert.True(node.Get<LiveRevocations>().Now.Feed.Has(new(RevocationKind.Client, client.Id.ToString(), null)));
        await poller.StopAsync(CancellationToken.None);
    }

    /// <summary>Has asked twice: for the mark, and for what changed since. Everything it asks from now on is in the channel.</summary>
    private async Task<(SnapshotPoller Poller, ChannelReader<bool> Asked)> Running(Node node)
    {
        var asked = Channel.CreateUnbounded<bool>();
        installation.Store.ChangesAsked = () => asked.Writer.TryWrite(true);
        var poller = node.Get<SnapshotPoller>();
        await poller.StartAsync(CancellationToken.None);
        await Next(asked.Reader);
        await Next(asked.Reader);
        return (poller, asked.Reader);
    }

    private static async Task Next(ChannelReader<bool> asked)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await asked.ReadAsync(patience.Token);
    }

    /// <summary>The next question for changes is being asked, and is answered when the result is set.</summary>
    private async Task<TaskCompletionSource> Block()
    {
        var (asking, blocked) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        installation.Store.BeforeChanges = () =>
        {
            asking.TrySetResult();
            return blocked.Task;
        };
        installation.Clock.Advance(SnapshotPoller.Interval);
        await asking.Task;
        return blocked;
    }
}
