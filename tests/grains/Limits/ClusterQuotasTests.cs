using Tumbler.Contracts.Limits;
using Tumbler.Engine.Limits;

namespace Tumbler.Grains.Tests.Limits;

public sealed class ClusterQuotasTests : IAsyncLifetime
{
    private static readonly QuotaId Acme = new("admin", "acme");

    private QuotaSilos cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await QuotaSilos.Start();

    public async ValueTask DisposeAsync() => await cluster.DisposeAsync();

    [Fact]
    public async Task Twenty_callers_at_three_silos_get_a_hundred_a_minute_together()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            var allowed = 0;
            for (var second = 0; second < 60; second++)
            {
                allowed += await QuotaSilos.Flood(Acme, 20, 2, cluster.Silos);
                cluster.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.InRange(allowed, 98, 100);
        }

        // Three windows of 100 tokens, and the seconds in which a silo found nothing and others might have given back.
        Assert.InRange(cluster.Leases, 60, 150);
    }

    [Fact]
    public async Task All_at_once_get_the_limit_to_the_token()
    {
        Assert.Equal(100, await QuotaSilos.Flood(Acme, 20, 50, cluster.Silos));
        Assert.Equal(100, await QuotaSilos.Flood(new QuotaId("audit", "acme"), 20, 50, cluster.Silos));
        Assert.Equal(new QuotaAnswer(false, 100, 0, QuotaSilos.Rule.Window), await QuotaSilos.Take(Acme, cluster.Silos[0]));
    }

    [Fact]
    public async Task A_silo_that_does_not_use_its_tokens_gives_them_to_those_who_starve()
    {
        Assert.Equal(1, await QuotaSilos.Flood(Acme, 1, 1, cluster.Silos[0]));
        Assert.Equal(84, await QuotaSilos.Flood(Acme, 20, 20, cluster.Silos[1], cluster.Silos[2]));

        cluster.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(15, await QuotaSilos.Flood(Acme, 20, 20, cluster.Silos[1], cluster.Silos[2]));
        Assert.Equal(0, await QuotaSilos.Flood(Acme, 1, 20, cluster.Silos[0]));
    }

    [Fact]
    public async Task A_killed_owner_takes_at_most_its_own_lease_with_it()
    {
        var before = await QuotaSilos.Flood(Acme, 20, 3, cluster.Silos);
        await cluster.Kill(cluster.OwnerOf(Acme));

        var after = await QuotaSilos.Flood(Acme, 20, 50, cluster.Silos);

        Assert.Equal((60, 2), (before, cluster.Silos.Count));
        Assert.InRange(before + after, 100 - 16, 100);
        cluster.Clock.Advance(QuotaSilos.Rule.Window);
        Assert.Equal(100, await QuotaSilos.Flood(Acme, 20, 50, cluster.Silos));
    }

    [Fact]
    public async Task What_only_the_killed_owner_gave_out_is_known_to_the_others()
    {
        Assert.Equal(1, await QuotaSilos.Flood(Acme, 1, 1, cluster.Silos[0]));
        var owner = cluster.OwnerOf(Acme);
        cluster.Clock.Advance(QuotaSilos.Rule.Window);
        Assert.Equal(100, await QuotaSilos.Flood(Acme, 5, 30, owner));

        await cluster.Kill(owner);

        Assert.Equal(0, await QuotaSilos.Flood(Acme, 20, 20, cluster.Silos));
        cluster.Clock.Advance(QuotaSilos.Rule.Window);
        Assert.Equal(100, await QuotaSilos.Flood(Acme, 20, 50, cluster.Silos));
    }

    [Fact]
    public async Task An_owner_that_was_not_needed_for_a_while_goes_on_where_it_was()
    {
        var before = await QuotaSilos.Flood(Acme, 20, 3, cluster.Silos);

        await cluster.Collect(Acme);

        Assert.Equal((60, 40), (before, await QuotaSilos.Flood(Acme, 20, 50, cluster.Silos)));
    }

    [Fact]
    public async Task Another_killed_silo_takes_no_more_than_it_held()
    {
        var before = await QuotaSilos.Flood(Acme, 20, 3, cluster.Silos);
        var owner = cluster.OwnerOf(Acme);
        await cluster.Kill(cluster.Silos.First(silo => silo != owner));

        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        var after = await QuotaSilos.Flood(Acme, 20, 50, cluster.Silos);

        Assert.InRange(before + after, 100 - 16, 100);
    }

    [Fact]
    public async Task When_the_owner_is_silent_each_silo_lets_through_its_fair_share()
    {
        var wire = new TaskCompletionSource();
        cluster.Wire = wire.Task;
        var waiting = cluster.Silos.Select(silo => QuotaSilos.Take(Acme, silo).AsTask()).ToArray();
        while (!waiting.All(each => each.IsCompleted))
        {
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.All(await Task.WhenAll(waiting), answer => Assert.True(answer.Allowed));
        Assert.Equal(96, await QuotaSilos.Flood(Acme, 20, 20, cluster.Silos));

        wire.SetResult();
    }
}
