using Microsoft.Extensions.Logging;

namespace Tumbler.Client.Outbound;

/// <summary>One token for all who need it. However many ask, one request for it is under way at a time; who has a good token does not wait.</summary>
/// <param name="name">How messages call it.</param>
/// <param name="chance">From 0 to 1.</param>
internal sealed partial class TokenSource(string name, Func<Task<Grant>> ask, TimeProvider clock, Func<double> chance, OutboundMetrics metrics, ILogger log)
{
    /// <summary>Between two tokens that were fetched because a service refused the one before. A service that refuses every token, because it
    /// is not meant for it, does not get the issuer asked with each of its requests.</summary>
    private static readonly TimeSpan BetweenReplacements = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private volatile AccessToken? current;
    private Task? underway;
    private GrantFault? fault;
    private int failures;
    private TimeSpan notBefore;
    private TimeSpan? replacedAt;

    /// <exception cref="TokenUnavailableException">None is to be had.</exception>
    public ValueTask<AccessToken> Get(CancellationToken stop)
    {
        var now = Now;
        return current is { } token && now < token.RenewFrom ? ValueTask.FromResult(token) : Renew(now, stop);
    }

    /// <summary>A service has answered 401 to a token.</summary>
    /// <returns>Another one, or null when there is none.</returns>
    public async ValueTask<AccessToken?> Replace(AccessToken refused, CancellationToken stop)
    {
        metrics.Refused();
        Task? fetch;
        lock (gate)
        {
            var now = Now;
            if (current is { } newer && newer != refused)
                return newer;
            if (underway is null && now >= notBefore && (replacedAt is null || now - replacedAt >= BetweenReplacements))
            {
                replacedAt = now;
                Start();
            }

            fetch = underway;
        }

        // Meanwhile the others send what they have: a service that refuses a token says nothing about the other services.
        if (fetch is not null)
            await fetch.WaitAsync(stop);
        return current is { } token && token != refused && Now < token.UsableUntil ? token : null;
    }

    private TimeSpan Now => clock.GetElapsedTime(0);

    private async ValueTask<AccessToken> Renew(TimeSpan now, CancellationToken stop)
    {
        Task? fetch;
        lock (gate)
        {
            if (underway is null && now >= notBefore && !(now < current?.RenewFrom))
                Start();
            if (current is { } good && now < good.UsableUntil)
                return good;
            fetch = underway;
        }

        if (fetch is not null)
            await fetch.WaitAsync(stop);
        if (current is { } token && Now < token.UsableUntil)
            return token;
        lock (gate)
            throw new TokenUnavailableException(name, fault, notBefore - Now);
    }

    /// <summary>It belongs to no caller: who gives up waiting does not end it for the others, and what flows with one does not flow into it.</summary>
    private void Start()
    {
        using (ExecutionContext.SuppressFlow())
            underway = Task.Run(Fetch);
    }

    private async Task Fetch()
    {
        var asked = Now;
        try
        {
            Keep(await ask(), asked);
        }
        catch (Exception e)
        {
            // A bug. Whoever waits gets it, and the next one may ask again.
            Keep(new GrantFault(e.GetType().Name), asked);
            throw;
        }
    }

    private void Keep(Grant answer, TimeSpan asked)
    {
        metrics.Fetched(answer.Fault);
        if (answer.Fault is { } problem)
        {
            TimeSpan pause;
            lock (gate)
            {
                pause = TokenSchedule.Pause(++failures, problem.RetryAfter, chance());
                (underway, fault, notBefore) = (null, problem, Now + pause);
            }

            LogFailed(name, problem.Problem, pause, current is { } good && Now < good.UsableUntil ? "the one there is still serves" : "there is none");
            return;
        }

        var token = TokenSchedule.Plan(answer.Token!, answer.Lifetime, asked, chance());
        lock (gate)
            (underway, fault, notBefore, failures, current) = (null, null, default, 0, token);
        LogFetched(name, token.UsableUntil - asked);
    }

    [LoggerMessage(LogLevel.Debug, "An access token from {Source} was fetched; it serves for {Time}.")]
    private partial void LogFetched(string source, TimeSpan time);

    [LoggerMessage(LogLevel.Warning, "No access token from {Source}: {Problem}. Nobody asks again for {Pause}; {Meanwhile}.")]
    private partial void LogFailed(string source, string problem, TimeSpan pause, string meanwhile);
}
