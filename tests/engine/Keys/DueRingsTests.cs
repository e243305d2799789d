using Microsoft.Extensions.Hosting;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Single;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Keys;

public sealed class DueRingsTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Rings_at_rest_are_not_read()
    {
        var node = await Start(rings: 20);
        var loads = installation.Store.Rings.Loads;

        for (var minute = 0; minute < 60; minute++)
        {
            installation.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty(await Due(node));
        }

        Assert.Equal(loads, installation.Store.Rings.Loads);
    }

    [Fact]
    public async Task A_ring_is_read_when_something_is_due_in_it_and_then_no_more()
    {
        var node = await Start(rings: 3);
        var quiet = (await installation.Ring(RingId.Parse("ring-1"))).Quiet;

        installation.Clock.Now = quiet.Until.AddMilliseconds(-1);
        Assert.DoesNotContain(RingId.Parse("ring-1"), await Due(node));
        installation.Clock.Now = quiet.Until;
        Assert.Contains(RingId.Parse("ring-1"), await Due(node));

        await TickAll(node);
        Assert.Empty(await Due(node));
        Assert.Equal(3, (await installation.Ring(RingId.Parse("ring-1"))).LastOrdinal);
    }

    [Fact]
    public async Task A_ring_that_is_listed_and_quiet_all_the_same_is_read_once()
    {
        var node = await Start(rings: 2);
        var (id, quiet) = (RingId.Parse("ring-0"), (await installation.Ring(RingId.Parse("ring-0"))).Quiet);
        await installation.Tamper(id, ring => ring with { Quiet = QuietTime.None });
        var loads = installation.Store.Rings.Loads;

        for (var minute = 0; minute < 10; minute++)
            Assert.Empty(await Due(node));
        Assert.Equal(loads + 1, installation.Store.Rings.Loads);

        installation.Clock.Now = quiet.Until;
        Assert.Contains(id, await Due(node));
    }

    [Fact]
    public async Task Whatever_happens_a_ring_with_something_due_is_listed()
    {
        var random = new Random(4);
        var nodes = (Node[])[await Start(rings: 3), await installation.StartNode()];
        var (seen, backwards) = (0, 0);
        for (var step = 0; step < 400; step++)
        {
            var (node, id) = (nodes[random.Next(2)], RingId.Parse($"ring-{random.Next(3)}"));
            var ring = await installation.Ring(id);
            switch (random.Next(12))
            {
                case 0: installation.Clock.Now -= TimeSpan.FromMinutes(random.Next(2000)); backwards++; break;
                case 1: installation.Clock.Now += TimeSpan.FromDays(random.Next(9)); break;
                case 2 or 3 or 4: installation.Clock.Now += TimeSpan.FromMinutes(random.Next(900)); break;
                case 5: await node.Rings.Rotate(id, new RotateRing(random.Next(2) == 0 ? "graceful" : "immediate"), Installation.Call()); break;
                case 6:
                    await node.Rings.Revoke(id, ring.Keys[^1].Kid, new WithdrawKey(), Installation.Call());
                    // It may have been refused. What follows is waited for as after one that was not.
                    await node.Rings.Tick(id);
                    break;
                case 7: await node.Rings.Put(id, new PutRing("ES256", Interval: $"PT{13 + random.Next(10)}H"), Installation.Call()); break;
                case 8: installation.Store.Rings.Fail(Store.Fault.DidPersist, Store.Fault.DidNotPersist); await node.Rings.Tick(id); break;
                case 9: await Task.WhenAll(nodes.Select(each => each.Rings.Tick(id))); break;
                default: await TickAll(node); break;
            }

            for (var n = 0; n < 3; n++)
            {
                var now = installation.Clock.Now();
                var stored = await installation.Ring(RingId.Parse($"ring-{n}"));
                if (KeySchedule.Due(stored, now).Count == 0)
                    continue;
                seen++;
                Assert.Contains(await installation.Store.RingsToLookAt(now, null, 10, Go), listed => listed.Ring == stored.Id);
                Assert.Contains(stored.Id, await Due(nodes[random.Next(2)]));
            }
        }

        Assert.True(seen > 100 && backwards > 10, $"Something was due {seen} times, the clock was set back {backwards} times.");
    }

    [Fact]
    public async Task A_ring_is_listed_between_a_revocation_and_the_key_that_comes_after_it()
    {
        var node = await Start(rings: 1);
        var (id, saves, stuck) = (RingId.Parse("ring-0"), 0, new TaskCompletionSource());
        installation.Store.Rings.BeforeSave = _ => ++saves == 1 ? Task.CompletedTask : stuck.Task;

        await node.Rings.Revoke(id, (await installation.Ring(id)).Keys[^1].Kid, new WithdrawKey(), Installation.Call());
        Assert.Equal([id], await Due(await installation.StartNode()));

        stuck.SetResult();
        await node.Rings.Tick(id);
        Assert.Empty(await Due(node));
    }

    [Fact]
    public async Task After_a_week_off_a_few_rings_are_ticked_at_once_the_one_that_has_waited_longest_first()
    {
        var node = await Start(rings: 30);
        var expected = (await installation.Journal.RingsToLookAt(installation.Clock.Now + TimeSpan.FromDays(7), null, 100, Go)).Select(ring => ring.Ring).ToList();
        installation.Clock.Advance(TimeSpan.FromDays(7));
        var (underWay, most, order) = (0, 0, new List<RingId>());

        await node.Get<DueRings>().Each(
            async ring =>
            {
                lock (order)
                    order.Add(ring);
                most = Math.Max(most, Interlocked.Increment(ref underWay));
                await node.Rings.Tick(ring);
                Interlocked.Decrement(ref underWay);
            },
            Go);

        var atOnce = Math.Max(1, Environment.ProcessorCount / 2);
        Assert.InRange(most, 1, atOnce);
        Assert.Equal(31, order.Distinct().Count());
        Assert.All(order.Where(ring => ring != RingId.Default).Index(), each => Assert.InRange(expected.IndexOf(each.Item) - each.Index, -atOnce, atOnce));
        Assert.Empty(await Due(node));
    }

    [Fact]
    public async Task Neither_the_start_nor_a_token_waits_for_the_rings_that_a_week_off_has_left_behind()
    {
        var before = await Start(rings: 10);
        var client = await before.NewClient();
        installation.Clock.Advance(TimeSpan.FromDays(7));
        var node = installation.NewNode();
        var pulse = node.Get<IEnumerable<IHostedService>>().OfType<SchedulePulse>().Single();
        var stuck = new TaskCompletionSource();
        var used = RingId.Parse("ring-7");
        installation.Store.Rings.BeforeSave = ring => ring.Id == RingId.Default || ring.Id == used ? Task.CompletedTask : stuck.Task;

        await pulse.StartAsync(Go);
        Assert.All(await node.Readiness.Check(Go), check => Assert.True(check.Ok, check.Name));
        await node.Snapshots.Find(used);
        node.Verify(await node.Token(client, used), used);

        stuck.SetResult();
        await pulse.StopAsync(Go);
    }

    [Fact]
    public async Task A_damaged_key_of_a_ring_that_is_shown_is_found_although_nothing_is_due()
    {
        var node = await Start(rings: 2);
        var id = RingId.Parse("ring-1");
        await installation.Tamper(id, ring => ring with { Keys = ring.Keys.SetItem(1, ring.Keys[1] with { PrivateKey = new ProtectedKey(new byte[] { 1 }) }) });
        Assert.Empty(await Due(node));

        await node.Snapshots.Find(id);
        Assert.Equal([id], await Due(node));
        await TickAll(node);

        var repaired = await installation.Ring(id);
        Assert.Equal((3L, false), (repaired.LastOrdinal, repaired.Keys[1].MaySign));
        Assert.Empty(await Due(node));
    }

    [Fact]
    public async Task What_is_due_soon_is_found_ahead_of_time_when_asked_for()
    {
        var node = await Start(rings: 1);
        installation.Clock.Now = (await installation.Ring(RingId.Parse("ring-0"))).Quiet.Until - TimeSpan.FromMinutes(1);

        Assert.DoesNotContain(RingId.Parse("ring-0"), await Due(node, TimeSpan.FromSeconds(59)));
        Assert.Contains(RingId.Parse("ring-0"), await Due(node, TimeSpan.FromSeconds(60)));
    }

    private async Task<Node> Start(int rings)
    {
        var node = await installation.StartNode();
        for (var n = 0; n < rings; n++)
            Node.Admitted(await node.Rings.Put(RingId.Parse($"ring-{n}"), new PutRing("ES256"), Installation.Call()));
        return node;
    }

    private static Task TickAll(Node node) => node.Get<DueRings>().Each(ring => node.Rings.Tick(ring), Go);

    private static async Task<IReadOnlyList<RingId>> Due(Node node, TimeSpan ahead = default)
    {
        var due = new List<RingId>();
        await node.Get<DueRings>().Each(
            ring =>
            {
                lock (due)
                    due.Add(ring);
                return Task.CompletedTask;
            },
            Go,
            ahead);
        return due;
    }
}
