using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Tests.Audit;

public sealed class SecurityEventPulseTests : IAsyncDisposable
{
    private readonly Installation installation = new();
    private readonly NoticedClock clock;
    private readonly SecurityEvents events;
    private readonly SecurityEventPulse pulse;
    private readonly Channel<bool> saves = Channel.CreateUnbounded<bool>();

    public SecurityEventPulseTests()
    {
        var node = installation.NewNode();
        clock = new NoticedClock(installation.Clock);
        events = node.Get<SecurityEvents>();
        pulse = new SecurityEventPulse(events, node.Get<NodeLogWriter>(), clock, new Logger<SecurityEventPulse>(node.Get<ILoggerFactory>()));
        installation.Store.NodeLogs.BeforeSave = _ =>
        {
            saves.Writer.TryWrite(true);
            return Task.CompletedTask;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await pulse.StopAsync(CancellationToken.None);
        pulse.Dispose();
        installation.Dispose();
    }

    [Fact]
    public void A_node_runs_it() =>
        Assert.Single(installation.NewNode().Get<IEnumerable<IHostedService>>().OfType<SecurityEventPulse>());

    [Fact]
    public async Task What_happens_within_a_second_is_one_batch()
    {
        await pulse.StartAsync(CancellationToken.None);
        events.Record(Turned.Away(1));
        Assert.Equal(TimeSpan.FromSeconds(1), await clock.NextWait());
        events.Record(Turned.Away(2));
        Assert.Empty(await Entries());

        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        await Written();

        Assert.Equal(2, (await Entries()).Count);
        Assert.Equal(1, installation.Store.NodeLogs.Saves);
    }

    [Fact]
    public async Task Without_events_it_waits_for_no_time_and_writes_nothing()
    {
        await pulse.StartAsync(CancellationToken.None);
        installation.Clock.Advance(TimeSpan.FromDays(1));
        await pulse.StopAsync(CancellationToken.None);

        Assert.False(clock.Waits);
        Assert.Equal(0, installation.Store.NodeLogs.Saves);
    }

    [Fact]
    public async Task A_flood_is_paid_with_a_pause_and_not_with_entries()
    {
        await pulse.StartAsync(CancellationToken.None);
        for (var source = 0; source < 2 * SecurityEvents.MostWaiting; source++)
            events.Record(Turned.Away(source));
        await clock.NextWait();
        installation.Clock.Advance(TimeSpan.FromSeconds(1));

        var pause = await clock.NextWait();

        Assert.Equal(501, (await Entries()).Count);
        Assert.Equal(TimeSpan.FromSeconds(501 * 0.05 - 1), pause);

        // In the pause everything is counted as before.
        for (var i = 0; i < 30_000; i++)
            events.Record(Turned.Away());
        installation.Clock.Advance(pause);
        Assert.Equal(TimeSpan.FromSeconds(1), await clock.NextWait());
        await saves.Reader.ReadAsync();
        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        await Written();
        Assert.Equal("30000", (await Entries())[^1].Details["count"]);
    }

    [Fact]
    public async Task While_the_store_is_away_it_tries_again_less_and_less_often()
    {
        installation.Store.Away = true;
        await pulse.StartAsync(CancellationToken.None);
        events.Record(Turned.Away());
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var wait = await clock.NextWait();
            waits.Add(wait.TotalSeconds);
            installation.Clock.Advance(wait);
        }

        Assert.Equal([1, 1, 2, 4, 8, 16, 30, 30], waits);
        installation.Store.Away = false;
        var last = await clock.NextWait();
        while (saves.Reader.TryRead(out _))
        {
            // Those of the attempts in vain.
        }

        installation.Clock.Advance(last);
        await Written();
        Assert.Single(await Entries());
    }

    [Fact]
    public async Task A_stop_writes_what_waits_without_waiting_for_the_second()
    {
        await pulse.StartAsync(CancellationToken.None);
        events.Record(Turned.Away(1));
        await clock.NextWait();
        events.Record(Turned.Away(2));

        await pulse.StopAsync(CancellationToken.None);

        Assert.Equal(2, (await Entries()).Count);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_stop_without_a_store_says_what_is_lost_and_ends()
    {
        await pulse.StartAsync(CancellationToken.None);
        installation.Store.Away = true;
        events.Record(Turned.Away(1));
        events.Record(Turned.Away(1));

        await pulse.StopAsync(CancellationToken.None);

        Assert.Contains(installation.Log.Lines, line => line.Level == LogLevel.Error && line.Text.StartsWith("2 security events are lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_whose_time_is_over_says_what_is_lost_too()
    {
        events.Record(Turned.Away(1));

        await pulse.StopAsync(new CancellationToken(canceled: true));

        Assert.Contains(installation.Log.Lines, line => line.Level == LogLevel.Error && line.Text.StartsWith("1 security events are lost", StringComparison.Ordinal));
    }

    /// <summary>Waits until the next batch is in the store: it begins to save, what happens from then on belongs to
    /// another batch, and that one's turn comes when the first is saved.</summary>
    private async Task Written()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await saves.Reader.ReadAsync(patience.Token);
        events.Record(Turned.Away(99));
        Assert.Equal(TimeSpan.FromSeconds(1), await clock.NextWait());
    }

    private async Task<List<AuditEntry>> Entries() =>
        await installation.Journal.Audit.Read("node:tumbler", CancellationToken.None).ToListAsync();
}
