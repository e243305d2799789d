using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Tumbler.Api.Json;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Console;

/// <summary>One who follows what changes. Names come as they are saved, numbers every other second: they are the sign of life as well.</summary>
internal sealed class HintStream(StoreNews news, Func<CountsView> counts, TimeProvider clock, PipeWriter output)
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>Whoever hears of more than that at once asks for everything anyway.</summary>
    public const int MostNames = 50;

    public async Task Follow(CancellationToken stop)
    {
        var known = news.Last;
        using var beats = new PeriodicTimer(Beat, clock);
        try
        {
            var beat = beats.WaitForNextTickAsync(stop).AsTask();
            var open = await Write(Numbers(), stop);
            while (open)
            {
                await Task.WhenAny(known.Next, beat);
                var text = new StringBuilder();
                while (known.Next.IsCompleted)
                {
                    known = await known.Next;
                    Append(text, "ring", known.Rings);
                    Append(text, "organization", known.Organizations);
                }

                if (beat.IsCompleted)
                {
                    await beat;
                    beat = beats.WaitForNextTickAsync(stop).AsTask();
                    text.Append(Numbers());
                }

                open = await Write(text.ToString(), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The follower has gone, has followed long enough, or this process is about to end.
        }
    }

    private static void Append<TId>(StringBuilder text, string kind, IReadOnlyList<TId> ids) where TId : struct
    {
        foreach (var name in ids.Count > MostNames ? ["*"] : ids.Select(id => id.ToString()))
            text.Append("event: ").Append(kind).Append("\ndata: ").Append(name).Append("\n\n");
    }

    private string Numbers() => $"event: counts\ndata: {JsonSerializer.Serialize(counts(), ApiJson.Default.CountsView)}\n\n";

    /// <returns>Whether anybody still reads.</returns>
    private async Task<bool> Write(string text, CancellationToken stop)
    {
        Encoding.UTF8.GetBytes(text, output);
        var flushed = await output.FlushAsync(stop);
        return !flushed.IsCompleted && !flushed.IsCanceled;
    }
}
