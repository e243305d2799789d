using Microsoft.Extensions.Hosting;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Organizations;
using Tumbler.Engine.Revocations;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine;

/// <summary>Lets go of what nobody has used for a while, so that memory follows what is in use and not how much there is.</summary>
/// <param name="clock">The machine's own: memory is the machine's.</param>
public sealed class IdlePulse(
    SnapshotPoller poller,
    RingSnapshots rings,
    OrganizationSnapshots organizations,
    RingKeepers ringKeepers,
    OrganizationKeepers organizationKeepers,
    TokenRevocationKeepers tokenKeepers,
    TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>In beats. Verifiers fetch a JWKS every 5 min, and clients of tokens that live for 5 min come as often: for them a
    /// ring and an organisation stay. Whoever comes more rarely waits for one reading, some milliseconds.</summary>
    private const int SnapshotsStay = 10;

    private static readonly TimeSpan MostSilence = SnapshotPoller.Interval * 2;

    /// <summary>In beats. A change that follows one of the last minute needs no reading of its own.</summary>
    private const int KeepersStay = 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            DropUnused();
    }

    /// <summary>One beat. What could not be read anew is kept: while the store is away, this node serves what it has.</summary>
    public void DropUnused()
    {
        if (poller.Silence > MostSilence)
            return;
        rings.DropUnused(SnapshotsStay);
        organizations.DropUnused(SnapshotsStay);
        ringKeepers.DropUnused(KeepersStay);
        organizationKeepers.DropUnused(KeepersStay);
        tokenKeepers.DropUnused(KeepersStay);
    }
}
