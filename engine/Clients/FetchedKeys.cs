using Tumbler.Core.Clients;

namespace Tumbler.Engine.Clients;

/// <summary>The keys that are published at one address. However many ask, one asks there.</summary>
internal sealed class FetchedKeys(Func<Task<byte[]?>> fetch, TimeProvider machineClock)
{
    /// <summary>Anybody can name a key that nobody has; that alone does not make this server call another more often.</summary>
    private static readonly TimeSpan UnknownKeyPause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private volatile Answer? last;
    private DateTimeOffset attemptedAt = DateTimeOffset.MinValue;
    private Task underway = Task.CompletedTask;

    /// <summary>A time stamp of the machine's.</summary>
    public long UsedAt { get; set; }

    public ValueTask<ClientKeySet?> Find(Func<ClientKeySet, bool> has)
    {
        var now = machineClock.GetUtcNow();
        if (last is not { } answer || now - answer.At >= ClientKeySets.Fresh)
            return FindAgain(now, FailurePause);
        return has(answer.Keys) ? ValueTask.FromResult<ClientKeySet?>(answer.Keys) : FindAgain(now, UnknownKeyPause);
    }

    private async ValueTask<ClientKeySet?> FindAgain(DateTimeOffset now, TimeSpan pause)
    {
        await Refresh(now, pause);
        return last is { } answer && machineClock.GetUtcNow() - answer.At < ClientKeySets.KeptOnError ? answer.Keys : null;
    }

    private Task Refresh(DateTimeOffset now, TimeSpan pause)
    {
        lock (gate)
        {
            if (!underway.IsCompleted || now - attemptedAt < pause)
                return underway;
            attemptedAt = now;
            return underway = Fetch();
        }
    }

    private async Task Fetch()
    {
        // The lock is not held across whatever happens before the first await in there.
        await Task.Yield();
        if (await fetch() is { } json && ClientKeySet.Fetched(json) is { } keys)
            last = new Answer(keys, machineClock.GetUtcNow());
    }

    private sealed record Answer(ClientKeySet Keys, DateTimeOffset At);
}
