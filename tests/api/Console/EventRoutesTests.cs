using System.Text.Json;
using Tumbler.Api.Configuration;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Api.Tests.Console;

public sealed class EventRoutesTests : IAsyncLifetime
{
    private const string Events = "/api/v1/admin/events";

    private readonly TestEdge edge = new();
    private readonly List<HttpResponseMessage> open = [];

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        open.ForEach(answer => answer.Dispose());
        await edge.DisposeAsync();
    }

    [Fact]
    public async Task An_administrator_hears_the_numbers_at_once_and_what_changes_as_it_comes()
    {
        edge.Settings.Replace(new ConfigView("silo-1", "production", default, []));
        var (answer, stream) = await Follow();
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(
            ["event: counts", """data: {"node":"silo-1","time":"2031-02-03T04:05:06.789Z","tokens":0,"verifications":0,"turned_away":0}"""],
            await Event(stream));

        Tell(["default"], ["acme", "other"]);
        Tell(["second"], []);
        Assert.Equal(["event: ring", "data: default"], await Event(stream));
        Assert.Equal(["event: organization", "data: acme"], await Event(stream));
        Assert.Equal(["event: organization", "data: other"], await Event(stream));
        Assert.Equal(["event: ring", "data: second"], await Event(stream));
    }

    [Fact]
    public async Task Many_at_once_are_one_hint()
    {
        var (_, stream) = await Follow();
        await Event(stream);
        Tell([.. Enumerable.Range(0, 51).Select(n => $"ring-{n}")], ["acme"]);
        Assert.Equal(["event: ring", "data: *"], await Event(stream));
        Assert.Equal(["event: organization", "data: acme"], await Event(stream));
    }

    [Fact]
    public async Task Every_other_second_come_the_numbers_of_what_was_done()
    {
        var (_, stream) = await Follow();
        await Event(stream);
        (edge.TokensIssued, edge.Verifications) = (3, 1);
        using (await edge.Send("GET", "/api/v1/organizations")) { }
        edge.MachineClock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((3, 1, 1), Numbers(await Event(stream)));

        edge.Verifications++;
        edge.MachineClock.Advance(TimeSpan.FromMilliseconds(1999));
        edge.MachineClock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((3, 2, 1), Numbers(await Event(stream)));
    }

    [Fact]
    public async Task Whoever_has_followed_for_five_minutes_shows_a_credential_again()
    {
        var (_, stream) = await Follow();
        await Event(stream);
        edge.MachineClock.Advance(TimeSpan.FromMinutes(5));
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            Assert.DoesNotContain("ring", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", 401)]
    [InlineData("X-Admin-Key", "wrong", 401)]
    [InlineData("X-API-Key", ScriptedApiKeys.AcmeKey, 403)]
    [InlineData("Authorization", $"Bearer {ScriptedBearers.Acme}", 403)]
    [InlineData("Authorization", $"Bearer {ScriptedBearers.Refused}", 401)]
    [InlineData("Authorization", "Bearer ops/tumbler:auditor", 200)]
    [InlineData("Authorization", "Bearer ops/tumbler:operator", 200)]
    [InlineData("Authorization", "Bearer ops/tumbler:owner", 200)]
    public async Task It_is_for_administrators(string header, string value, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Events);
        if (header.Length > 0)
            request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task It_takes_no_parameters()
    {
        using var answer = await edge.SendAsAdmin("GET", $"{Events}?ring=default");
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task So_many_may_follow()
    {
        for (var n = 0; n < 3; n++)
            await Event((await Follow()).Stream);
        using var refused = await edge.SendAsAdmin("GET", Events);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Contains("event streams", (await TestEdge.Json(refused)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_waits_for_no_follower()
    {
        var (_, stream) = await Follow();
        await Event(stream);
        var began = System.Diagnostics.Stopwatch.StartNew();
        await edge.Stop();
        Assert.Null(await stream.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.InRange(began.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private void Tell(string[] rings, string[] organizations) => edge.News.Tell(new StoreChanges(
        default!,
        [.. rings.Select(ring => new Changed<RingId>(RingId.Parse(ring), default))],
        [.. organizations.Select(org => new Changed<OrgSlug>(OrgSlug.Parse(org), default))],
        default!));

    private async Task<(HttpResponseMessage Answer, StreamReader Stream)> Follow()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Events);
        request.Headers.Add("X-Admin-Key", TestEdge.AdminKey);
        var answer = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        open.Add(answer);
        Assert.Equal(200, (int)answer.StatusCode);
        return (answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    private static (long Tokens, long Verifications, long TurnedAway) Numbers(List<string> lines)
    {
        Assert.Equal("event: counts", lines[0]);
        var json = JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement;
        return (json.GetProperty("tokens").GetInt64(), json.GetProperty("verifications").GetInt64(), json.GetProperty("turned_away").GetInt64());
    }

    private static async Task<List<string>> Event(StreamReader stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var lines = new List<string>();
        while (await stream.ReadLineAsync(patience.Token) is { Length: > 0 } line)
            lines.Add(line);
        return lines;
    }
}
