using System.Net;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Keys;
using Tumbler.Client.Net;
using Tumbler.Client.Telemetry;

namespace Tumbler.Client.Revocations;

/// <summary>Follows a kill list in two ways at once: by its event stream, which is fast, and by asking, because a stream may be dead without
/// anybody noticing.</summary>
internal sealed partial class RevocationFollower(
    TumblerOptions options, KillListAddress address, LiveKillList live, KeyCache keys, DocumentFetch fetch, HttpMessageInvoker http,
    TimeProvider clock, TimeProvider machineClock, ClientMetrics metrics, ILogger log)
{
    /// <summary>A hundred thousand revocations are some 7 MB.</summary>
    private const int MaxSize = 32 * 1024 * 1024;

    /// <summary>The server gives a sign of life every 15 s.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    /// <summary>So long a list is believed. Who has heard nothing for longer does not know what is revoked, and says so.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (Uri? Url, string? ETag) last;
    private bool wholeNext;

    /// <summary>Completed when the list was asked for once, whatever came of it.</summary>
    public Task Tried => tried.Task;

    public async Task Run(CancellationToken stop)
    {
        if (options.KillList is false)
            return;
        if (!address.IsFollowed)
            await keys.Discovered.WaitAsync(stop);
        if (!address.IsFollowed)
            return;
        await Task.WhenAll(Ask(stop), Listen(stop));
    }

    private async Task Ask(CancellationToken stop)
    {
        var (pace, reminder) = (new Pace(clock, machineClock), new Reminder(machineClock));
        while (true)
        {
            await Guarded("asked for", reminder, () => Poll(stop), stop);
            tried.TrySetResult();
            await pace.Wait(options.RevocationsRefresh, stop);
        }
    }

    private async Task Poll(CancellationToken stop)
    {
        using var activity = ClientTraces.Source.StartActivity("tumbler.revocations.poll");
        var url = live.Last is { } known && !wholeNext ? KillListAddress.Since(address.Url, known.Number) : address.Url;
        var document = await fetch.Get(url, "application/jwt", MaxSize, url == last.Url ? last.ETag : null, anew: false, stop);
        if (document.Body is not { } list)
        {
            metrics.ListRead("unchanged");
            return;
        }

        wholeNext = !await live.Put(list, stop);
        last = (url, document.ETag);
        metrics.ListRead("ok");
    }

    private async Task Listen(CancellationToken stop)
    {
        var (pace, reminder) = (new Pace(clock, machineClock), new Reminder(machineClock));
        for (var failures = 0; ;)
        {
            if (await Guarded("followed", reminder, () => Stream(() => failures = 0, stop), stop))
                await pace.WaitAfterFailure(1, stop);
            else
                await pace.WaitAfterFailure(++failures, stop);
        }
    }

    private async Task Stream(Action good, CancellationToken stop)
    {
        using var silence = new CancellationTokenSource(Silence, machineClock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, KillListAddress.Events(address.Url));
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (live.Last is { } known)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", known.Number.ToString());
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != "text/event-stream")
                throw new FetchException($"{request.RequestUri} answers {(int)response.StatusCode}, and not with a stream of events.");
            await using var body = await response.Content.ReadAsStreamAsync(both.Token);
            await foreach (var list in EventStream.Read(body, MaxSize, () => silence.CancelAfter(Silence), both.Token))
            {
                if (!await live.Put(list, both.Token))
                    wholeNext = true;
                metrics.ListRead("ok");
                good();
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new FetchException($"{request.RequestUri} has been silent for {Silence.TotalSeconds} s.");
        }
    }

    /// <returns>Whether it went well.</returns>
    private async Task<bool> Guarded(string what, Reminder reminder, Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
            reminder.Forget();
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it is, it must not end the loop that would make up for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var refused = e is FetchException { IsRefused: true };
            metrics.ListRead(refused ? "refused" : "failed");
            Tell(what, e.Message, refused, reminder);
            return false;
        }
    }

    private void Tell(string what, string problem, bool refused, Reminder reminder)
    {
        var age = live.Age(clock.GetUtcNow());
        var level = age is null || age > options.RevocationsStaleLimit ? LogLevel.Error
            : refused || age > Believed ? LogLevel.Warning
            : LogLevel.Information;
        switch (reminder.IsDue(level) ? level : LogLevel.None)
        {
            case LogLevel.Error:
                Unknown(log, options.Issuer, what, problem);
                break;
            case LogLevel.Warning:
                Old(log, options.Issuer, what, age!.Value, options.RevocationsStaleLimit, problem);
                break;
            case LogLevel.Information:
                Missed(log, options.Issuer, what, problem);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The kill list of {Issuer} can't be {What}, and nobody knows what is revoked: no token is accepted (503). {Problem}")]
    private static partial void Unknown(ILogger log, string? issuer, string what, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The kill list of {Issuer} can't be {What}; what was revoked in the last {Age} is not known. Tokens are accepted until that is {Limit}. {Problem}")]
    private static partial void Old(ILogger log, string? issuer, string what, TimeSpan age, TimeSpan limit, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The kill list of {Issuer} can't be {What} at the moment. {Problem}")]
    private static partial void Missed(ILogger log, string? issuer, string what, string problem);
}
