using System.Collections.Frozen;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Single;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Single;

public sealed class SchedulePulseTests : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Installation installation = new();
    private readonly Channel<bool> beats = Channel.CreateUnbounded<bool>();
    private readonly Node node;
    private readonly SchedulePulse pulse;

    public SchedulePulseTests()
    {
        node = installation.NewNode();
        pulse = node.Get<IEnumerable<IHostedService>>().OfType<SchedulePulse>().Single();
        installation.Store.LookEnded = () => beats.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        await pulse.StopAsync(CancellationToken.None);
        installation.Dispose();
    }

    [Fact]
    public async Task When_it_has_started_the_default_ring_signs()
    {
        await pulse.StartAsync(CancellationToken.None);

        Assert.NotNull((await installation.Ring(RingId.Default)).SignerAt(installation.Clock.Now));
        Assert.All(await node.Readiness.Check(CancellationToken.None), check => Assert.True(check.Ok));
    }

    [Fact]
    public async Task A_beat_a_minute_keeps_every_ring_a_key_ahead()
    {
        await Start();
        var orders = RingId.Parse("orders");
        Node.Admitted(await node.Rings.Put(orders, new PutRing("ES256", Interval: "PT14H"), Installation.Call()));

        for (var minute = 0; minute < 60 * 30; minute++)
        {
            await Beat(Minute);
            if (minute % 20 > 0)
                continue;
            foreach (var id in (RingId[])[RingId.Default, orders])
            {
                var ring = await installation.Ring(id);
                Assert.NotNull(ring.SignerAt(installation.Clock.Now));
                Assert.Empty(KeySchedule.Due(ring, installation.Clock.Now));
                Assert.DoesNotContain(ring.Keys, key => key.Origin == KeyOrigin.Hurried);
            }
        }

        Assert.Equal(3, (await installation.Ring(RingId.Default)).LastOrdinal);
        Assert.Equal(4, (await installation.Ring(orders)).LastOrdinal);
    }

    [Fact]
    public async Task A_ring_whose_state_is_damaged_keeps_no_other_from_its_beat()
    {
        await Start();
        var (damaged, orders) = (RingId.Parse("damaged"), RingId.Parse("orders"));
        foreach (var ring in (RingId[])[damaged, orders])
            Node.Admitted(await node.Rings.Put(ring, new PutRing("ES256"), Installation.Call()));
        installation.Store.Rings.Damaged = damaged;

        installation.Clock.Now += TimeSpan.FromHours(24);
        await Beat(Minute);
        await Beat(Minute);

        Assert.Equal(3, (await installation.Ring(orders)).LastOrdinal);
        Assert.Contains(installation.Log.Lines, line => line.Text.Contains("Ring damaged could not be brought up to date: The state of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lost_beats_are_made_up_for_by_the_next_one()
    {
        await Start();

        installation.Clock.Now += TimeSpan.FromHours(23.9);
        await Beat(Minute);

        var ring = await installation.Ring(RingId.Default);
        Assert.Equal(3, ring.LastOrdinal);
        Assert.Empty(KeySchedule.Due(ring, installation.Clock.Now));
    }

    [Fact]
    public async Task Doubled_beats_do_nothing_twice()
    {
        await Start();
        installation.Clock.Now += TimeSpan.FromHours(24);
        var saves = installation.Store.Rings.Saves;

        await Task.WhenAll(Beat(Minute), Task.Run(() => node.Rings.Tick(RingId.Default)), Task.Run(() => node.Rings.Tick(RingId.Default)));
        await Beat(TimeSpan.FromSeconds(60));

        Assert.Equal(saves + 1, installation.Store.Rings.Saves);
        Assert.Equal(3, (await installation.Ring(RingId.Default)).LastOrdinal);
    }

    [Fact]
    public async Task A_store_that_is_away_is_logged_and_the_pulse_goes_on_when_it_is_back()
    {
        await Start();
        installation.Store.Away = true;
        installation.Clock.Now += TimeSpan.FromHours(24);
        await Beat(Minute);
        await Beat(Minute);
        installation.Store.Away = false;

        await Beat(Minute);

        Assert.Contains(installation.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("away", StringComparison.Ordinal));
        Assert.Equal(3, (await installation.Ring(RingId.Default)).LastOrdinal);
    }

    [Fact]
    public async Task A_ring_that_cannot_be_ticked_is_logged_and_does_not_hold_up_the_others()
    {
        await Start();
        var orders = RingId.Parse("orders");
        Node.Admitted(await node.Rings.Put(orders, new PutRing("ES256"), Installation.Call()));
        installation.Clock.Now += TimeSpan.FromHours(24);
        installation.Store.Rings.BeforeSave = ring =>
            ring.Id == RingId.Default ? throw new StoreUnavailableException("No.") : Task.CompletedTask;

        await Beat(Minute);

        Assert.Contains(installation.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("default", StringComparison.Ordinal));
        Assert.Equal((2, 3), ((await installation.Ring(RingId.Default)).LastOrdinal, (await installation.Ring(orders)).LastOrdinal));
    }

    [Fact]
    public async Task A_hurried_key_is_a_warning()
    {
        await Start();

        installation.Clock.Now += TimeSpan.FromDays(7);
        await Beat(Minute);

        Assert.Contains(installation.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("too late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_impossible_configuration_stops_the_start()
    {
        var impossible = installation.NewNode(new Dictionary<RingId, PutRing> { [RingId.Default] = new(Interval: "PT1S") }
            .ToFrozenDictionary());

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => impossible.Get<IEnumerable<IHostedService>>().OfType<SchedulePulse>().Single().StartAsync(CancellationToken.None));

        Assert.Contains("interval", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Starts and waits for the first beat.</summary>
    private async Task Start()
    {
        await pulse.StartAsync(CancellationToken.None);
        await beats.Reader.ReadAsync();
    }

    /// <summary>Lets so much time pass and waits until the beat in it is over.</summary>
    private async Task Beat(TimeSpan passing)
    {
        installation.Clock.Advance(passing);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await beats.Reader.ReadAsync(patience.Token);
    }
}
