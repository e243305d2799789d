using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tumbler.Tests.Sending;

namespace Tumbler.Bench.Tests.Sending;

public sealed class SenderTests : IAsyncLifetime
{
    private const int Connections = 4;
    private const double PerSecond = 10_000;

    private readonly LookedAtClock clock = new();
    private readonly WebApplication app;
    private Func<HttpContext, int, Task> answer = (http, _) => Answer(http, "good");
    private int asked;

    public SenderTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(http => answer(http, Interlocked.Increment(ref asked)));
    }

    private Uri Server => new(app.Urls.Single());

    public async ValueTask InitializeAsync() => await app.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_server_that_stands_still_is_seen_in_every_request_that_was_due_meanwhile()
    {
        answer = (http, n) =>
        {
            if (n == 50)
                clock.Advance(TimeSpan.FromMilliseconds(10));
            return Answer(http, "good");
        };

        // A hundred of them in that time, and four connections: who asks only when answered would see four.
        var window = await Send(sender => sender.Evenly(PerSecond, TimeSpan.FromMilliseconds(30)), PreparedRequest.Get(Server, "/"));

        Assert.Equal(300, window.Count);
        Assert.InRange(Enumerable.Range(0, 300).Count(n => window.Within((n + 1) / 300.0) >= TimeSpan.FromMilliseconds(5)), 45, 60);
        Assert.InRange(window.PerSecond, 0.98 * PerSecond, PerSecond);
    }

    [Fact]
    public async Task A_rate_that_the_server_does_not_keep_up_with_is_not_reached()
    {
        answer = (http, _) =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(0.2));
            return Answer(http, "good");
        };

        var window = await Send(sender => sender.Evenly(PerSecond, TimeSpan.FromMilliseconds(10)), PreparedRequest.Get(Server, "/"));

        Assert.Equal(100, window.Count);
        Assert.InRange(window.PerSecond, 1, 0.55 * PerSecond);
    }

    [Fact]
    public async Task A_window_goes_on_where_the_last_one_ended()
    {
        answer = (http, n) =>
        {
            if (n == 99)
                clock.Advance(TimeSpan.FromMilliseconds(5));
            return Answer(http, "good");
        };

        var (first, second) = await Send(sender => sender.Evenly(PerSecond, TimeSpan.FromMilliseconds(10)) is var first
            ? (first, sender.Evenly(PerSecond, TimeSpan.FromMilliseconds(10), first.Next)) : default, PreparedRequest.Get(Server, "/"));

        Assert.InRange(first.PerSecond, 0.6 * PerSecond, 0.7 * PerSecond);
        Assert.Equal(100, second.Count);
        Assert.InRange(second.Within(1), TimeSpan.FromMilliseconds(4), TimeSpan.FromMilliseconds(6));
    }

    [Fact]
    public async Task Requests_take_turns_and_their_answers_come_to_them()
    {
        answer = (http, _) => Answer(http, http.Request.Path.Value == "/one" ? Task.FromResult("first") : new StreamReader(http.Request.Body).ReadToEndAsync());
        var (ones, others) = (new List<string>(), new List<string>());

        var window = await Send(
            sender => sender.AsFastAsAnswered(TimeSpan.FromMilliseconds(10)),
            PreparedRequest.Get(Server, "/one", body => ones.Add(Encoding.UTF8.GetString(body))),
            PreparedRequest.Token(Server, "me", "it's", body => others.Add(Encoding.UTF8.GetString(body))));

        Assert.InRange(window.Count, 2 * Connections, 10_000);
        Assert.InRange(ones.Count - others.Count, 0, 1);
        Assert.Equal(["first"], ones.Distinct());
        Assert.Equal(["grant_type=client_credentials&client_id=me&client_secret=it%27s"], others.Distinct());
    }

    [Fact]
    public async Task A_bad_answer_is_counted_and_the_first_is_shown()
    {
        answer = (http, n) =>
        {
            http.Response.StatusCode = n % 2 == 0 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Answer(http, $"answer {n}");
        };

        var window = await Send(sender => sender.Evenly(PerSecond, TimeSpan.FromMilliseconds(2)), PreparedRequest.Get(Server, "/"));

        Assert.Equal((20, 10), (window.Count, window.Failed));
        Assert.StartsWith("HTTP/1.1 503 ", window.Failure, StringComparison.Ordinal);
        Assert.EndsWith("answer 2", window.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_may_come_in_pieces_and_be_long()
    {
        var text = new string('a', 100_000);
        answer = async (http, _) =>
        {
            http.Response.ContentLength = text.Length;
            await http.Response.WriteAsync(text[..1]);
            await http.Response.Body.FlushAsync();
            await http.Response.WriteAsync(text[1..]);
        };
        var lengths = new List<int>();

        await Send(sender => sender.Evenly(PerSecond, TimeSpan.FromMilliseconds(2)), PreparedRequest.Get(Server, "/", body => lengths.Add(body.Length)));

        Assert.Equal(Enumerable.Repeat(text.Length, 20), lengths);
    }

    [Fact]
    public async Task A_server_that_hangs_up_ends_the_run()
    {
        answer = (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        await Assert.ThrowsAnyAsync<Exception>(() => Send(sender => sender.AsFastAsAnswered(TimeSpan.FromMilliseconds(10)), PreparedRequest.Get(Server, "/")));
    }

    private Task<T> Send<T>(Func<Sender, T> send, params PreparedRequest[] requests) => Task.Run(() =>
    {
        using var sender = new Sender(Server, Connections, requests, clock);
        return send(sender);
    });

    private static async Task Answer(HttpContext http, Task<string> text) => await Answer(http, await text);

    private static Task Answer(HttpContext http, string text)
    {
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
        return http.Response.WriteAsync(text);
    }
}
