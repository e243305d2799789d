using Microsoft.Extensions.Logging;
using Tumbler.Client.Net;
using Tumbler.Client.Telemetry;

namespace Tumbler.Client.Keys;

/// <summary>The last good key set. Whoever reads it waits for nobody and takes no lock; one fetch at a time renews it, for everybody who wants
/// one. What can't be had or is refused changes nothing, until what there is has become too old.</summary>
internal sealed partial class KeyCache(
    TumblerOptions options, KeyFetch fetch, KeySet? fallback, TimeProvider clock, TimeProvider machineClock, ClientMetrics metrics, ILogger log,
    CancellationToken ending)
{
    /// <summary>So often the callers of a service without keys make it ask an issuer that has just failed; machine time.</summary>
    private static readonly TimeSpan RetryWithoutKeys = TimeSpan.FromSeconds(1);

    /// <summary>So often kill lists do, which nobody but the issuer makes; machine time.</summary>
    private static readonly TimeSpan RetryForKillList = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly TaskCompletionSource discovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Good? good;
    private Task<bool>? underway;
    private long underwaySince;
    private DateTimeOffset unknownKidFrom;
    private long? failedAt, killListAt, lastGoodBegan;

    /// <summary>Completed when the issuer's metadata was read once.</summary>
    public Task Discovered => discovered.Task;

    public IssuerMetadata? Metadata => fetch.Metadata;

    /// <summary>Null when no token can be verified.</summary>
    public KeySet? Current(DateTimeOffset now) => good is { } known && now - known.At <= options.KeysStaleLimit ? known.Keys : fallback;

    /// <summary>How long ago the issuer confirmed it; null for never.</summary>
    public TimeSpan? Age(DateTimeOffset now) => now - good?.At;

    /// <summary>Keeps it fresh until the end.</summary>
    public async Task Run()
    {
        var pace = new Pace(clock, machineClock);
        for (var failures = 0; ;)
        {
            failures = await Fetch(FetchReason.Refresh) ? 0 : failures + 1;
            if (failures > 0)
            {
                await pace.WaitAfterFailure(failures, ending);
                continue;
            }

            // Others may have renewed it meanwhile.
            for (var left = options.KeysRefresh; left > TimeSpan.Zero; left = options.KeysRefresh - (Age(clock.GetUtcNow()) ?? options.KeysRefresh))
                await pace.Wait(left, ending);
        }
    }

    /// <summary>Waits for the fetch that is under way, or for a new one if the reason is good enough for one.</summary>
    /// <param name="since">The machine's timestamp when the need arose: a set that was asked for after that is new enough.</param>
    /// <returns>Whether there is a set that may be new.</returns>
    public Task<bool> Fetch(FetchReason reason, long? since = null)
    {
        lock (gate)
        {
            if (underway is { IsCompleted: false })
                return underwaySince < since ? FetchAfter(underway, reason, since) : underway;
            if (lastGoodBegan > since)
                return Task.FromResult(true);
            if (!IsDue(reason) || ending.IsCancellationRequested)
                return Task.FromResult(false);
            underwaySince = machineClock.GetTimestamp();
            underway = Begin(reason, underwaySince);
            return underway;
        }
    }

    /// <summary>What was asked for before the need arose may be without what is needed.</summary>
    private async Task<bool> FetchAfter(Task<bool> earlier, FetchReason reason, long? since)
    {
        await earlier;
        return await Fetch(reason, since);
    }

    private bool IsDue(FetchReason reason)
    {
        switch (reason)
        {
            case FetchReason.NoKeys:
                return IsOver(failedAt, RetryWithoutKeys);
            case FetchReason.KillList when !IsOver(killListAt, RetryForKillList):
                return false;
            case FetchReason.KillList:
                killListAt = machineClock.GetTimestamp();
                return true;
            case FetchReason.UnknownKid:
                var now = clock.GetUtcNow();
                if (now < unknownKidFrom && unknownKidFrom - now <= options.UnknownKidCooldown)
                    return false;
                unknownKidFrom = now + options.UnknownKidCooldown;
                return true;
            default:
                return true;
        }
    }

    private bool IsOver(long? since, TimeSpan time) => since is not { } from || machineClock.GetElapsedTime(from) >= time;

    private async Task<bool> Begin(FetchReason reason, long began)
    {
        // Not under the lock of whoever asked first.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var activity = ClientTraces.Source.StartActivity("tumbler.keys.fetch");
        activity?.SetTag("reason", reason.ToString());
        try
        {
            var keys = await fetch.Get(anew: reason is FetchReason.UnknownKid or FetchReason.KillList, ending);
            Take(keys, began);
            metrics.KeysFetched(keys is null ? "unchanged" : "ok");
            return true;
        }
        catch (FetchException e)
        {
            Fail(e.Message, e.IsRefused);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // Whatever it is, it must not end the loop that would make up for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Broken(log, e);
            Fail(e.Message, refused: false);
        }

        return false;
    }

    private void Take(KeySet? keys, long began)
    {
        lock (gate)
            (failedAt, lastGoodBegan) = (null, began);

        // First what it says of revocations: no token is taken by new keys while nobody knows that there is a kill list.
        if (fetch.Metadata is not null)
            discovered.TrySetResult();
        var known = good;
        good = new Good(keys ?? known!.Keys, clock.GetUtcNow());
        if (known is null)
            FirstKeys(log, options.Issuer, good.Keys.Count);
    }

    private void Fail(string problem, bool refused)
    {
        lock (gate)
            failedAt = machineClock.GetTimestamp();
        if (fetch.Metadata is not null)
            discovered.TrySetResult();
        metrics.KeysFetched(refused ? "refused" : "failed");
        var now = clock.GetUtcNow();
        if (Current(now) is null)
            NoKeys(log, options.Issuer, problem);
        else if (good is null || now - good.At > options.KeysStaleLimit)
            PemKeysOnly(log, options.Issuer, problem, options.PemFile);
        else
            OldKeys(log, options.Issuer, problem, now - good.At, options.KeysStaleLimit);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The keys of {Issuer} are here: {Count}.")]
    private static partial void FirstKeys(ILogger log, string? issuer, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "There are no keys of {Issuer}, so no token is accepted (503). {Problem}")]
    private static partial void NoKeys(ILogger log, string? issuer, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Issuer} can't be fetched; those of {File} are used. {Problem}")]
    private static partial void PemKeysOnly(ILogger log, string? issuer, string problem, string? file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Issuer} can't be fetched; the last good ones, {Age} old, are used until they are {Limit}. {Problem}")]
    private static partial void OldKeys(ILogger log, string? issuer, string problem, TimeSpan age, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching keys has failed in a way that nobody thought of.")]
    private static partial void Broken(ILogger log, Exception exception);

    private sealed record Good(KeySet Keys, DateTimeOffset At);
}
