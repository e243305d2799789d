using System.IO.Pipelines;
using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Revocations;

namespace Tumbler.Api.Revocations;

/// <summary>One who follows a ring's kill list. Between events it is a task that waits, and no thread.</summary>
internal sealed class RevocationStream(IRevocationLists lists, RingId ring, TimeProvider clock, PipeWriter output)
{
    /// <summary>A follower who hears nothing for longer knows that the connection is dead.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>In heartbeats. Then the list is signed anew although nothing has happened: it is only believed for a while.</summary>
    private const int Renewal = 4;

    /// <summary>A key that can sign is some milliseconds away, or minutes.</summary>
    private static readonly TimeSpan NoSigner = TimeSpan.FromMilliseconds(250);

    private long written = clock.GetTimestamp();

    public async Task Follow(LiveFeed known, SignedList first, CancellationToken stop)
    {
        try
        {
            var (list, looked, beats) = (first, first.Number, 0);
            var open = await Write(Event(list), stop);
            while (open)
            {
                var due = !await Changes(known, stop);
                var now = lists.Now;
                var anew = now.Reading != known.Reading;
                beats += due ? 1 : 0;
                if (anew || beats == Renewal || lists.HasNews(ring, looked))
                {
                    if ((await lists.Get(ring, anew ? null : list.Number)).TryGet(out var next, out _))
                    {
                        (list, beats, looked) = (next, 0, next.Number);
                        open = await Write(Event(list), stop);
                        known = now;
                        continue;
                    }

                    await Task.Delay(NoSigner, clock, stop);
                    beats -= due ? 1 : 0;
                    continue;
                }

                (known, looked) = (now, now.Feed.Last);
                if (due)
                    open = await Write(":\n\n", stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The follower has gone, or this process is about to.
        }
    }

    /// <returns>False when it is time for a sign of life.</returns>
    private async Task<bool> Changes(LiveFeed known, CancellationToken stop)
    {
        var left = Heartbeat - clock.GetElapsedTime(written);
        if (left <= TimeSpan.Zero)
            return known.Over.IsCompleted;
        try
        {
            await known.Over.WaitAsync(left, clock, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static string Event(SignedList list) =>
        $"id: {list.Number}\nevent: {(list.Since is null ? "list" : "delta")}\ndata: {list.Jwt}\n\n";

    /// <returns>Whether anybody still reads.</returns>
    private async Task<bool> Write(string text, CancellationToken stop)
    {
        Encoding.ASCII.GetBytes(text, output);
        var flushed = await output.FlushAsync(stop);
        written = clock.GetTimestamp();
        return !flushed.IsCompleted && !flushed.IsCanceled;
    }
}
