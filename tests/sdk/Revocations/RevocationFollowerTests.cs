using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.Revocations;

/// <summary>Revocations as callers feel them, over real HTTP.</summary>
public sealed class RevocationFollowerTests : IAsyncLifetime
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);

    private readonly ManualClock clock = new(Verifiers.Noon);
    private readonly LogLines log = new();
    private TestIssuer issuer = null!;
    private int advanced;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.Start(TestKey.New(kid: "one"), TestKey.New(kid: "two"));
        issuer.HasKillList = true;
        Say(1);
    }

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Theory]
    [InlineData("jti")]
    [InlineData("client_id")]
    [InlineData("org")]
    [InlineData("kid")]
    public async Task What_is_revoked_is_refused_when_the_list_was_asked_for_next(string kind)
    {
        await using var tokens = Of();
        var claims = TestClaims.Of(issuer.Url, clock.Now);
        var token = issuer.Signer.Sign(claims);
        Assert.True((await tokens.VerifyAsync(token)).IsValid);

        // A key's successor signs the list that says so.
        var id = kind == "kid" ? "one" : (string)claims[kind]!;
        issuer.SayList(TestLists.Whole(issuer.Url, clock.Now, 2, (kind, id)), issuer.Keys[1]);
        await Polled(2);

        Assert.Equal(TokenFault.Revoked, await Until(tokens, token, TokenFault.Revoked));
        Assert.True((await tokens.VerifyAsync(issuer.Keys[1].Sign(TestClaims.Of(issuer.Url, clock.Now).With("org", "other").With("client_id", "other")))).IsValid);
    }

    [Fact]
    public async Task The_list_is_asked_for_often_enough_that_five_seconds_hold()
    {
        await using var tokens = Of();
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        for (var polls = 1; polls < 4; polls++)
        {
            await Polled(polls + 1);
            Assert.Equal(Verifiers.Noon + (polls * Refresh), clock.Now);
        }
    }

    [Fact]
    public async Task An_event_is_heard_at_once()
    {
        var events = Channel.CreateUnbounded<string>();
        issuer.Instead[TestIssuer.Events] = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.FlushAsync();
            await foreach (var text in events.Reader.ReadAllAsync(http.RequestAborted))
            {
                await http.Response.WriteAsync(text, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        };
        await using var tokens = Of();
        var token = issuer.Token(clock.Now);
        Assert.True((await tokens.VerifyAsync(token)).IsValid);
        await issuer.UntilAsked(TestIssuer.Events, 1);

        // The clock stands still, so nobody polls.
        events.Writer.TryWrite(":\n\n");
        var list = issuer.Keys[1].Sign(TestLists.Delta(issuer.Url, clock.Now, 1, 2, [("org", "acme")]), TestLists.Type);
        events.Writer.TryWrite($"id: 2\nevent: delta\ndata: {list}\n\n");

        var fault = await Until(tokens, token, TokenFault.Revoked);
        Assert.True(fault == TokenFault.Revoked, string.Join('\n', log.All));
        Assert.Equal(1, issuer.Asked(TestIssuer.Revocations));
    }

    [Fact]
    public async Task After_a_part_that_is_missing_the_whole_list_is_asked_for()
    {
        var asked = new List<string>();
        await using var tokens = Of();
        var token = issuer.Token(clock.Now);
        Assert.True((await tokens.VerifyAsync(token)).IsValid);
        issuer.Instead[TestIssuer.Revocations] = http =>
        {
            asked.Add(http.Request.QueryString.Value!);
            http.Response.ContentType = "application/jwt";
            var list = asked.Count == 1 ? TestLists.Delta(issuer.Url, clock.Now, 5, 6, []) : TestLists.Whole(issuer.Url, clock.Now, 6, ("org", "acme"));
            return http.Response.WriteAsync(issuer.Signer.Sign(list, TestLists.Type));
        };

        await Polled(2);
        await Polled(3);

        Assert.Equal(TokenFault.Revoked, await Until(tokens, token, TokenFault.Revoked));
        Assert.Equal(["?since=1", ""], asked);
    }

    [Theory]
    [InlineData("other key")]
    [InlineData("revoked key")]
    [InlineData("other type")]
    [InlineData("other issuer")]
    [InlineData("over")]
    [InlineData("not signed")]
    [InlineData("no list")]
    public async Task A_list_that_is_not_to_be_believed_changes_nothing(string what)
    {
        Say(1, ("org", "acme"), ("kid", "two"));
        await using var tokens = Of();
        var token = issuer.Token(clock.Now);
        Assert.Equal(TokenFault.Revoked, (await tokens.VerifyAsync(token)).Fault);
        var empty = TestLists.Whole(issuer.Url, clock.Now, 9);
        var list = what switch
        {
            "other key" => TestKey.New(kid: "one").Sign(empty, TestLists.Type),
            "revoked key" => issuer.Keys[1].Sign(empty, TestLists.Type),
            "other type" => issuer.Signer.Sign(empty, "at+jwt"),
            "other issuer" => issuer.Signer.Sign(TestLists.Whole("https://other.example", clock.Now, 9), TestLists.Type),
            "over" => issuer.Signer.Sign(TestLists.Whole(issuer.Url, clock.Now - TimeSpan.FromMinutes(6), 9), TestLists.Type),
            "not signed" => $"{TestKey.Text(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"revocations+jwt"}"""))}.{TestKey.Text(Encoding.UTF8.GetBytes(empty.ToJsonString()))}.AA",
            _ => issuer.Signer.Sign(TestClaims.Of(issuer.Url, clock.Now), TestLists.Type),
        };
        issuer.Say(TestIssuer.Revocations, list, "application/jwt");

        await Polled(2);
        await log.Until(LogLevel.Warning, "A kill list is refused.");

        Assert.Equal(TokenFault.Revoked, (await tokens.VerifyAsync(token)).Fault);
    }

    [Fact]
    public async Task A_list_by_a_key_that_is_not_known_yet_has_the_keys_fetched()
    {
        await using var tokens = Of();
        var token = issuer.Token(clock.Now);
        Assert.True((await tokens.VerifyAsync(token)).IsValid);
        issuer.Keys.Insert(0, TestKey.New(kid: "three"));
        Say(2, ("org", "acme"));

        await Polled(2);

        Assert.Equal(TokenFault.Revoked, await Until(tokens, token, TokenFault.Revoked));
    }

    [Fact]
    public async Task Before_the_first_list_no_token_is_taken()
    {
        issuer.Fail(TestIssuer.Revocations);
        await using var tokens = Of();

        Assert.Equal(TokenFault.RevocationsUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        Assert.Equal(TokenFault.WrongType, (await tokens.VerifyAsync(issuer.Signer.Sign(TestClaims.Of(issuer.Url, clock.Now), "JWT"))).Fault);
        await log.Until(LogLevel.Error, "nobody knows what is revoked: no token is accepted (503)");

        Say(1);
        await Polled(2);
        Assert.Equal(TokenFault.None, await Until(tokens, () => issuer.Token(clock.Now), TokenFault.None));
    }

    [Fact]
    public async Task A_list_that_does_not_come_any_more_is_done_without_until_the_limit()
    {
        await using var tokens = Of(options => options.RevocationsStaleLimit = TimeSpan.FromHours(1));
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        issuer.Fail(TestIssuer.Revocations);

        await Polled(2);
        clock.Now = Verifiers.Noon + TimeSpan.FromHours(1);
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        clock.Now += TimeSpan.FromSeconds(1);
        var result = await tokens.VerifyAsync(issuer.Token(clock.Now));
        Assert.Equal(TokenFault.RevocationsUnavailable, result.Fault);
        Assert.True(result.IsUnavailable);
    }

    [Fact]
    public async Task An_issuer_without_a_list_is_followed_only_when_that_was_said()
    {
        issuer.HasKillList = false;
        Say(1, ("org", "acme"));
        await using (var tokens = Of())
            Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        await using (var tokens = Of(options => options.KillList = true))
            Assert.Equal(TokenFault.Revoked, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        await using (var tokens = Of(options => options.RevocationsUrl = issuer.Url + TestIssuer.Revocations))
            Assert.Equal(TokenFault.Revoked, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        issuer.HasKillList = true;
        await using (var tokens = Of(options => options.KillList = false))
            Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
    }

    private TumblerTokens Of(Action<TumblerOptions>? change = null) => Verifiers.Of(issuer, clock, change, log);

    private void Say(long number, params (string Kind, string Id)[] revoked) => issuer.SayList(TestLists.Whole(issuer.Url, clock.Now, number, revoked));

    /// <summary>Moves the clock until the list was asked for so often: the loop may be about to set its timer.</summary>
    private async Task Polled(int times)
    {
        while (issuer.Asked(TestIssuer.Revocations) < times)
        {
            if (clock.Timers.Count(timer => timer.Due == Refresh) is var set && set > advanced)
            {
                advanced = set;
                clock.Advance(Refresh);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static Task<TokenFault> Until(TumblerTokens tokens, string token, TokenFault fault) => Until(tokens, () => token, fault);

    private static async Task<TokenFault> Until(TumblerTokens tokens, Func<string> token, TokenFault fault)
    {
        var result = default(TokenResult);
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < TimeSpan.FromSeconds(60);)
        {
            result = await tokens.VerifyAsync(token());
            if (result.Fault == fault)
                break;
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        return result.Fault;
    }
}
