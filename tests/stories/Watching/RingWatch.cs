using System.Collections.Concurrent;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Watching;

/// <summary>A verifier that fetches the default ring's JWKS all the time and keeps every copy, and a service that gets tokens all
/// the time and keeps every token.</summary>
internal sealed class RingWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<JwksCopy> copies = [];
    private readonly ConcurrentQueue<Token> tokens = [];
    private readonly Task running;

    /// <param name="pollEvery">By the server's clock, like <paramref name="askEvery"/>.</param>
    public RingWatch(SiloProcess silo, NewApiKey client, double clockRate, TimeSpan pollEvery, TimeSpan askEvery)
    {
        var tokenClient = silo.Tokens;
        running = Task.WhenAll(
            Repeat(pollEvery / clockRate, async () =>
            {
                var before = await silo.Now();
                var text = await silo.Http.GetText("/.well-known/jwks.json");
                copies.Enqueue(new JwksCopy(text, before, await silo.Now()));
            }),
            Repeat(askEvery / clockRate, async () => tokens.Enqueue(await tokenClient.ByBasic(client))));
    }

    /// <summary>In the order in which they were fetched.</summary>
    public IReadOnlyCollection<JwksCopy> Copies => copies;

    /// <summary>In the order in which they were issued.</summary>
    public IReadOnlyCollection<Token> Tokens => tokens;

    /// <summary>Ends both; fails if either of them ever failed.</summary>
    public async Task Stop()
    {
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Waits for a time by the server's clock.</summary>
    public async Task Reach(SiloProcess silo, DateTimeOffset time, TimeSpan patience) =>
        await Until.True($"the server's clock shows {time:u}", patience, async () =>
        {
            if (running.IsFaulted)
                await running;
            return await silo.Now() >= time;
        });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private async Task Repeat(TimeSpan every, Func<Task> act)
    {
        using var timer = new PeriodicTimer(every, TimeProvider.System);
        try
        {
            do
                await act();
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to end.
        }
    }
}
