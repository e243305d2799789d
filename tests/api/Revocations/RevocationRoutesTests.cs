using System.Net.Http.Headers;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Keys;

namespace Tumbler.Api.Tests.Revocations;

public sealed class RevocationRoutesTests : IAsyncLifetime
{
    private const string List = "/api/v1/revocations/default";
    private const string Events = $"{List}/events";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly TestEdge edge = new();
    private readonly List<HttpResponseMessage> open = [];

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        open.ForEach(answer => answer.Dispose());
        await edge.DisposeAsync();
    }

    [Fact]
    public async Task Anyone_reads_the_list()
    {
        edge.Lists.Revoke("a");
        using var answer = await edge.Send("GET", List);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("list.a", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/jwt", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromSeconds(1) }, answer.Headers.CacheControl);
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task Who_has_the_list_is_told_so_until_there_is_another_one()
    {
        using var first = await edge.Send("GET", List);
        var tag = first.Headers.ETag!.ToString();

        using var same = await edge.Send("GET", List, null, ("If-None-Match", $"\"x\", W/{tag}"));
        Assert.Equal((304, tag, 0), ((int)same.StatusCode, same.Headers.ETag!.ToString(), (await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));

        edge.Lists.Revoke("a");
        using var other = await edge.Send("GET", List, null, ("If-None-Match", tag));
        Assert.Equal(200, (int)other.StatusCode);
        Assert.NotEqual(tag, other.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Who_names_a_number_gets_what_came_after_it()
    {
        edge.Lists.Revoke("a");
        edge.Lists.Revoke("b");
        using var answer = await edge.Send("GET", $"{List}?since=1");
        Assert.Equal("list.b", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData($"{List}?since=-1", 400, "invalid_input")]
    [InlineData($"{List}?since=1.5", 400, "invalid_input")]
    [InlineData($"{List}?since=", 400, "invalid_input")]
    [InlineData($"{List}?since=99999999999999999999", 400, "invalid_input")]
    [InlineData($"{List}?since=1&since=2", 400, "invalid_input")]
    [InlineData($"{List}?sinc=1", 400, "invalid_input")]
    [InlineData($"{Events}?since=1", 400, "invalid_input")]
    [InlineData("/api/v1/revocations/nowhere", 404, "not_found")]
    [InlineData("/api/v1/revocations/nowhere/events", 404, "not_found")]
    [InlineData("/api/v1/revocations/No%20Ring", 404, "not_found")]
    [InlineData("/api/v1/revocations/..%2Fdefault", 404, "not_found")]
    [InlineData("/api/v1/revocations/", 404, "not_found")]
    public async Task What_is_no_question_has_its_answer(string path, int status, string error)
    {
        using var answer = await edge.Send("GET", path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(error, (await TestEdge.Json(answer)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData(List)]
    [InlineData(Events)]
    public async Task Without_a_key_that_signs_it_is_unavailable(string path)
    {
        edge.Lists.Unsigned = 1;
        using var answer = await edge.Send("GET", path);
        Assert.Equal((503, "1"), ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
    }

    [Fact]
    public async Task A_follower_gets_the_list_at_once_and_every_change_as_it_comes()
    {
        edge.Lists.Revoke("a");
        var (answer, stream) = await Follow();

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(["id: 1", "event: list", "data: list.a"], await Event(stream));
        edge.Lists.Revoke("b");
        Assert.Equal(["id: 2", "event: delta", "data: list.b"], await Event(stream));

        // What is another ring's is no news, but has a number.
        edge.Lists.Revoke("other", RingId.Parse("other"));
        edge.Lists.Revoke("c");
        Assert.Equal(["id: 4", "event: delta", "data: list.c"], await Event(stream));
        edge.Lists.Reread();
        Assert.Equal(["id: 4", "event: list", "data: list.a.b.c"], await Event(stream));
    }

    [Theory]
    [InlineData("1", "delta", "list.b")]
    [InlineData("2", "delta", "list")]
    [InlineData("3", "list", "list.a.b")]
    [InlineData("-1", "list", "list.a.b")]
    [InlineData("x", "list", "list.a.b")]
    public async Task Who_comes_back_goes_on_where_he_was(string last, string type, string data)
    {
        edge.Lists.Revoke("a");
        edge.Lists.Revoke("b");
        var (_, stream) = await Follow(("Last-Event-ID", last));
        Assert.Equal(["id: 2", $"event: {type}", $"data: {data}"], await Event(stream));
    }

    [Fact]
    public async Task Every_fifteen_seconds_there_is_a_sign_of_life_and_every_fourth_time_a_list_that_is_believed_longer()
    {
        var (_, stream) = await Follow();
        await Event(stream);
        for (var beat = 1; beat <= 3; beat++)
        {
            await Waits(beat);
            edge.MachineClock.Advance(Beat);
            Assert.Equal([":"], await Event(stream));
        }

        await Waits(4);
        edge.MachineClock.Advance(Beat);
        Assert.Equal(["id: 0", "event: delta", "data: list"], await Event(stream));
    }

    [Fact]
    public async Task While_no_key_signs_a_follower_waits_and_misses_nothing()
    {
        var (_, stream) = await Follow();
        await Event(stream);
        edge.Lists.Unsigned = 1;
        await Waits(1);
        edge.Lists.Revoke("a");
        await Waits(2);

        edge.MachineClock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(["id: 1", "event: delta", "data: list.a"], await Event(stream));
    }

    [Fact]
    public async Task So_many_may_follow_and_who_goes_makes_room()
    {
        for (var n = 0; n < 3; n++)
            await Event((await Follow()).Stream);

        using (var refused = await edge.Send("GET", Events))
        {
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Contains("event streams", (await TestEdge.Json(refused)).GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        open[0].Dispose();
        await Until(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Events);
            using var answer = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode == 200;
        });
    }

    [Fact]
    public async Task A_stop_ends_the_streams_and_waits_for_none()
    {
        var (_, stream) = await Follow();
        await Event(stream);
        var began = System.Diagnostics.Stopwatch.StartNew();

        await edge.Stop();

        Assert.Null(await stream.ReadLineAsync(TestContext.Current.CancellationToken));

        // Who waits for a request does so for the half minute that a host has to end.
        Assert.InRange(began.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private async Task<(HttpResponseMessage Answer, StreamReader Stream)> Follow(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Events);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        open.Add(answer);
        Assert.Equal(200, (int)answer.StatusCode);
        return (answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    private static async Task<List<string>> Event(StreamReader stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var lines = new List<string>();
        while (await stream.ReadLineAsync(patience.Token) is { Length: > 0 } line)
            lines.Add(line);
        return lines;
    }

    /// <summary>Until the follower has set its timer for this time.</summary>
    private Task Waits(int time) => Until(() => Task.FromResult(edge.MachineClock.Timers.Count >= time));

    private static async Task Until(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await done())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }
}
