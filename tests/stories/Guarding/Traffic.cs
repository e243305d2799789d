using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Client;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Guarding;

/// <summary>Callers of a guarded service that never rest, with good tokens and with bad ones, and a judge over every answer. Times are the
/// story's; how often something is done is the machine's.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Seldom = TimeSpan.FromMilliseconds(60);

    /// <summary>For so long a token is still sent after its end.</summary>
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentDictionary<string, Held> tokens = [];
    private readonly TimeProvider clock;
    private readonly SiloHome home;
    private readonly NewApiKey reader;
    private readonly ServiceProvider program;
    private readonly Task running;
    private int forged;

    /// <param name="reader">May read orders, and has other audiences and rings.</param>
    public Traffic(SiloHome home, TimeProvider clock, SiloProcess silo, OrdersService service, NewApiKey reader)
    {
        (this.home, this.clock, this.reader) = (home, clock, reader);
        (Silo, Service, Ledger) = (silo, service, new Ledger(clock));
        program = Program();
        running = Task.WhenAll(
            Repeat(Seldom, Issue), Repeat(Often, SendToken), Repeat(Often, SendForgery), Repeat(Seldom, Call));
    }

    public Tally Tally { get; } = new();

    public Ledger Ledger { get; }

    public SiloProcess Silo { get; set; }

    public OrdersService Service { get; set; }

    /// <summary>No tokens are to be had for a while.</summary>
    public bool SiloIsAway { get; set; }

    /// <summary>Nobody answers for a while.</summary>
    public bool ServiceIsAway { get; set; }

    /// <summary>Keys come that a guard has to ask for. Whoever made up others at the same time would take its one question in ten seconds, which are
    /// three milliseconds here.</summary>
    public bool KeysChange { get; set; }

    /// <summary>Waits for a time of the story.</summary>
    public async Task Reach(DateTimeOffset time) => await Until.True($"the clock shows {time:u}", TimeSpan.FromMinutes(10), async () =>
    {
        if (running.IsFaulted)
            await running;
        return clock.GetUtcNow() >= time;
    });

    /// <summary>A token that serves a while longer.</summary>
    public async Task<Held> Fresh() => await Until.Found("a fresh token", TimeSpan.FromSeconds(30), () => Task.FromResult(
        tokens.Values.Where(held => !Ledger.IsWithdrawn(held)).MaxBy(held => held.Token.IssuedAt)));

    /// <summary>This token now: those that are sent all the time are drawn by lot.</summary>
    public Task Send(Held held) => Judged("a token", () => Service.Get(held.Token.Text), (before, after) => Ledger.Of(held, before, after), held);

    /// <summary>Ends all of them; fails if one of them ever failed.</summary>
    public async Task Stop()
    {
        await stop.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        await program.DisposeAsync();
        stop.Dispose();
    }

    /// <summary>A program that calls the service and leaves its tokens to the SDK.</summary>
    private ServiceProvider Program()
    {
        var services = new ServiceCollection().AddSingleton(clock);
        services.AddHttpClient("orders").AddTumblerTokens(options =>
        {
            (options.Issuer, options.ClientId, options.ClientSecret, options.Scope) = (home.Issuer, reader.Id, reader.Key, "orders:read");
            options.Resource.Add(OrdersService.Audience);
        });
        return services.BuildServiceProvider();
    }

    private async Task Issue()
    {
        try
        {
            var token = await Silo.Tokens.For(reader, OrdersService.Audience);
            tokens[token.Text] = new Held(token, reader.Id);
        }
        catch (HttpRequestException) when (SiloIsAway)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var (text, held) in tokens)
        {
            if (now > DateTimeOffset.FromUnixTimeSeconds(held.Token.ExpiresAt) + KeptAfterEnd)
                tokens.TryRemove(text, out _);
        }
    }

    private async Task SendToken()
    {
        var held = tokens.Values.ElementAtOrDefault(RandomNumberGenerator.GetInt32(Math.Max(1, tokens.Count)));
        if (held is not null)
            await Send(held);
    }

    private async Task SendForgery()
    {
        if (tokens.IsEmpty)
            return;
        var held = await Fresh();
        var kind = forged++ % 12;
        switch (kind)
        {
            case 0:
                await Judged("a token without the scope", () => Service.Post(held.Token.Text),
                    (before, after) => Ledger.Of(held, before, after) == Expectation.Accepted ? Expectation.Refused : Expectation.Either, held, HttpStatusCode.Forbidden);
                break;
            case 1 when !KeysChange:
                await Refused("a token by an unknown key", Forgery.OfUnknownKey(held.Token), held);
                break;
            case 2 when !KeysChange && !SiloIsAway:
                if (await Issued("/rings/partners/oauth2/token", OrdersService.Audience) is { } partners)
                    await Refused("a token of another issuer", partners, held);
                break;
            case 3 when !SiloIsAway:
                if (await Issued("/oauth2/token", "https://other.example") is { } other)
                    await Refused("a token for another audience", other, held);
                break;
            case >= 4:
                var (what, forgery) = Forgery.Of(held.Token, home.Issuer).ElementAt(kind - 4);
                await Refused(what, forgery, held);
                break;
        }
    }

    private async Task<string?> Issued(string path, string audience)
    {
        try
        {
            return (await Silo.Tokens.For(reader, audience, path)).Text;
        }
        catch (HttpRequestException) when (SiloIsAway)
        {
            return null;
        }
    }

    private Task Refused(string what, string token, Held origin) =>
        Judged(what, () => Service.Get(token), (_, _) => Expectation.Refused, origin);

    private async Task Judged(
        string what, Func<Task<HttpStatusCode>> send, Func<DateTimeOffset, DateTimeOffset, Expectation> expected, Held held,
        HttpStatusCode refusal = HttpStatusCode.Unauthorized)
    {
        var (away, before) = (ServiceIsAway, clock.GetUtcNow());
        HttpStatusCode answer;
        try
        {
            answer = await send();
        }
        catch (HttpRequestException) when (away || ServiceIsAway)
        {
            Tally.Add("nobody answered while the service was away");
            return;
        }

        var after = clock.GetUtcNow();

        // A service that has just started says 503 until it knows what is revoked; that lets nobody in.
        if ((away || ServiceIsAway) && answer == HttpStatusCode.ServiceUnavailable)
            return;
        Tally.Judge(what, expected(before, after), answer, $"kid {held.Token.Kid}, {DateTimeOffset.FromUnixTimeSeconds(held.Token.IssuedAt):u} to {DateTimeOffset.FromUnixTimeSeconds(held.Token.ExpiresAt):u}, sent {before:u}, answered {after:u}", refusal: refusal);
    }

    private async Task Call()
    {
        var away = ServiceIsAway || SiloIsAway;
        using var client = program.GetRequiredService<IHttpClientFactory>().CreateClient("orders");
        try
        {
            using var answer = await client.GetAsync(new Uri(Service.Http.BaseAddress!, "/orders"), stop.Token);
            Tally.Judge("a call by the SDK", away || ServiceIsAway || SiloIsAway ? Expectation.Either : Expectation.Accepted, answer.StatusCode, $"at {clock.GetUtcNow():u}");
        }
        catch (HttpRequestException e)
        {
            if (away || ServiceIsAway || SiloIsAway)
                Tally.Add("a call by the SDK: not to be made");
            else
                Tally.Wrong($"a call by the SDK failed at {clock.GetUtcNow():u}: {e.Message}");
        }
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
