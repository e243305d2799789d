using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Timers;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Keys;

/// <summary>The reminders of rings. A ring has one while something is due in it or soon will be: it goes off at the instant and
/// then every minute until there is nothing left to do, on whatever silo. Rings at rest have none, so that a hundred thousand
/// of them cost no memory; the sweep wakes them in time, and also when Redis has forgotten their reminders.</summary>
internal sealed partial class Alarm(
    IReminderRegistry reminders, IStore store, TimeProvider clock, ILogger<Alarm> log)
{
    private const string Name = "due";

    /// <summary>As often as reminders can.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Twice the sweep's pause: the ring that was looked at too early for this one has another look before it is due.</summary>
    public static readonly TimeSpan Ahead = RingSweep.Pause * 2;

    public async Task Set(IGrainBase grain, RingId ring)
    {
        try
        {
            if (await Next(ring) is { } wait)
                await reminders.RegisterOrUpdateReminder(grain.GrainContext.GrainId, Name, wait, Beat);
            else if (await reminders.GetReminder(grain.GrainContext.GrainId, Name) is { } set)
                await reminders.UnregisterReminder(grain.GrainContext.GrainId, set);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The sweep comes by all the same.
            LogNotSet(log, ring, failure.Message);
        }
    }

    /// <summary>How long until the ring wants to be looked at; null when that is not soon.</summary>
    private async Task<TimeSpan?> Next(RingId ring)
    {
        if (await store.Rings.Load(ring, CancellationToken.None) is not { } stored)
            return null;
        var now = clock.Now();
        var quiet = KeySchedule.QuietAfter(stored.State, now);
        if (!quiet.Holds(now))
            return Beat;
        var wait = quiet.Until - now;
        return wait <= Ahead ? wait : null;
    }

    [LoggerMessage(LogLevel.Warning, "Ring {Ring}: its reminder could not be set: {Reason}")]
    private static partial void LogNotSet(ILogger log, RingId ring, string reason);
}
