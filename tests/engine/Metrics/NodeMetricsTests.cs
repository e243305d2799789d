using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Metrics;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tests.Audit;
using Tumbler.Engine.Tests.Store;
using Tumbler.Engine.Tokens;

namespace Tumbler.Engine.Tests.Metrics;

public sealed class NodeMetricsTests : IDisposable
{
    private readonly Installation installation = new();
    private Readings? readings;

    public void Dispose()
    {
        readings?.Dispose();
        installation.Dispose();
    }

    [Fact]
    public async Task A_fresh_ring_has_two_keys_made_and_two_leads_left()
    {
        await Watched();

        Assert.Equal((1, 2, 0), (Read(MetricNames.RotationsDone), Read(MetricNames.KeysMade, "bootstrap") + Read(MetricNames.KeysMade, "scheduled"), Read(MetricNames.KeysDeactivated)));
        Assert.Equal((2, 1, 0, 0), (Read(MetricNames.KeysActive), Read(MetricNames.RingsHeld), Read(MetricNames.RingsUnsigned), Read(MetricNames.RingsHurried)));
        Assert.Equal(48 * 3600, Read(MetricNames.LeadLeft));
        Assert.Equal(2, Read(MetricNames.LeadLeftRatio));
    }

    [Fact]
    public async Task The_clock_takes_lead_and_signature_away_and_a_late_tick_is_hurried()
    {
        var node = await Watched();

        installation.Clock.Advance(TimeSpan.FromHours(40));
        Assert.Equal(8.0 / 24, Read(MetricNames.LeadLeftRatio)!.Value, 6);
        Assert.Equal(0, Read(MetricNames.RingsUnsigned));
        await node.Rings.Tick(RingId.Default);

        Assert.Equal((1, 1, 1), (Read(MetricNames.KeysMade, "hurried"), Read(MetricNames.KeysDeactivated), Read(MetricNames.RingsHurried)));
        Assert.Equal((2, 0, 2), (Read(MetricNames.RotationsDone), Read(MetricNames.RotationsFailed), Read(MetricNames.Rotations)));

        installation.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal((1, 0), (Read(MetricNames.RingsUnsigned), Read(MetricNames.LeadLeft)));
    }

    [Fact]
    public async Task A_ring_whose_tick_fails_is_counted_until_one_succeeds()
    {
        var node = await Watched();
        installation.Clock.Advance(TimeSpan.FromHours(40));

        installation.Protector.OnTheWay = _ => throw new CryptographicException("broken");
        await node.Rings.Tick(RingId.Default);
        await node.Rings.Tick(RingId.Default);
        Assert.Equal((1, 2, 3), (Read(MetricNames.RingsFailing), Read(MetricNames.RotationsFailed), Read(MetricNames.Rotations)));

        installation.Protector.OnTheWay = key => key;
        await node.Rings.Tick(RingId.Default);
        Assert.Equal((0, 2, 4), (Read(MetricNames.RingsFailing), Read(MetricNames.RotationsFailed), Read(MetricNames.Rotations)));
    }

    [Fact]
    public async Task Tokens_and_API_keys_are_counted_by_what_became_of_them()
    {
        var node = await Watched();
        var client = await node.NewClient();
        var token = await node.Token(client);
        Assert.Equal(OAuthErrorCode.InvalidClient, await node.TokenError(client.Request() with { ClientSecret = client.Key[..^1] + "?" }));
        await node.Get<TokenVerifier>().Verify(RingId.Default, token);
        await node.Get<TokenVerifier>().Verify(RingId.Default, "no token");
        await node.Get<TokenVerifier>().Verify(RingId.Default, "none either");

        Assert.Equal((1, 1), (Read(MetricNames.TokensIssued), Read(MetricNames.ApiKeysAccepted)));
        Assert.Equal(1, Read(MetricNames.TokensVerified, "valid"));
        Assert.Equal(2, Read(MetricNames.TokensVerified, "malformed"));
        Assert.Equal((1, 4), (node.Get<NodeCounts>().Tokens(), node.Get<NodeCounts>().Verifications()));
        Assert.Null(Read(MetricNames.TokensVerified, "expired"));
        Assert.Equal(1, Read(MetricNames.OrganizationsHeld));
    }

    [Fact]
    public async Task What_waits_for_the_audit_log_is_counted_until_it_is_written()
    {
        var node = await Watched();
        for (var n = 0; n < 3; n++)
            node.Get<SecurityEvents>().Record(Turned.Away());
        node.Get<SecurityEvents>().Record(Turned.Away(source: 2));
        Assert.Equal(4, Read(MetricNames.AuditQueue));

        installation.Store.NodeLogs.Fail(Fault.DidNotPersist);
        await node.Get<NodeLogWriter>().Write(CancellationToken.None);
        Assert.Equal(4, Read(MetricNames.AuditQueue));

        await node.Get<NodeLogWriter>().Write(CancellationToken.None);
        Assert.Equal(0, Read(MetricNames.AuditQueue));
    }

    [Fact]
    public async Task Age_clock_certificates_and_silos()
    {
        var node = await Watched();
        Assert.Null(Read(MetricNames.ClockDifference));
        Assert.Null(Read(MetricNames.SilosExpected));
        Assert.Equal(1, Read(MetricNames.SilosSeen));

        installation.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(90, Read(MetricNames.SnapshotAge));
        await node.Poll();
        Assert.Equal(0, Read(MetricNames.SnapshotAge));

        node.Get<StoreClock>().Compare(installation.Clock.Now.AddSeconds(-40), installation.Clock.Now, installation.Clock.Now);
        Assert.Equal(40, Read(MetricNames.ClockDifference));

        var certificate = installation.Protector.Certificates[0];
        Assert.Equal((certificate.NotAfter - installation.Clock.Now).TotalSeconds, Read(MetricNames.CertificateLeft, "current"));
    }

    private async Task<Node> Watched()
    {
        var node = await installation.StartNode();
        foreach (var service in node.Get<IEnumerable<IHostedService>>().OfType<NodeMetrics>())
            await service.StartAsync(CancellationToken.None);
        readings = new Readings(node.Get<ProductMeter>());
        Assert.True(node.Snapshots.TryGet(RingId.Default, out _));
        return node;
    }

    private double? Read(string name, string? label = null) => readings!.Of(name, label);
}
