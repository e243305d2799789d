using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.Keys;

/// <summary>The key cache as callers see it, over real HTTP.</summary>
public sealed class KeyCacheTests : IAsyncLifetime
{
    private readonly ManualClock clock = new(Verifiers.Noon);
    private readonly LogLines log = new();
    private TestIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await TestIssuer.Start();

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task A_cold_cache_is_filled_by_one_fetch_for_all()
    {
        var enter = new TaskCompletionSource();
        issuer.Instead[TestIssuer.Jwks] = async http =>
        {
            await enter.Task;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(issuer.Set());
        };
        await using var tokens = Of();
        var token = issuer.Token(clock.Now);

        var all = Enumerable.Range(0, 1_000).Select(_ => tokens.VerifyAsync(token).AsTask()).ToArray();
        enter.SetResult();

        Assert.All(await Task.WhenAll(all), result => Assert.True(result.IsValid));
        Assert.Equal(1, issuer.Asked(TestIssuer.Jwks));
        Assert.Equal(1, issuer.Asked(TestIssuer.Metadata));
    }

    [Fact]
    public async Task Made_up_kids_cause_one_fetch_in_each_cool_down()
    {
        await using var tokens = Of();
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        for (var cooldown = 1; cooldown <= 3; cooldown++)
        {
            var strangers = Enumerable.Range(0, 100).Select(_ => tokens.VerifyAsync(TestKey.New().Sign(TestClaims.Of(issuer.Url, clock.Now))).AsTask());

            Assert.All(await Task.WhenAll(strangers), result => Assert.Equal(TokenFault.UnknownKey, result.Fault));
            Assert.Equal(1 + cooldown, issuer.Asked(TestIssuer.Jwks));
            clock.Advance(TimeSpan.FromSeconds(9));
            Assert.Equal(TokenFault.UnknownKey, (await tokens.VerifyAsync(TestKey.New().Sign(TestClaims.Of(issuer.Url, clock.Now)))).Fault);
            Assert.Equal(1 + cooldown, issuer.Asked(TestIssuer.Jwks));
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_new_key_is_known_with_its_first_token()
    {
        await using var tokens = Of();
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        issuer.Keys.Insert(0, TestKey.New("RS256"));

        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        Assert.Equal(2, issuer.Asked(TestIssuer.Jwks));
    }

    [Fact]
    public async Task A_key_that_came_after_the_question_that_is_under_way_is_asked_for_again()
    {
        await using var tokens = Of();
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        var (old, answer) = (issuer.Set(), new TaskCompletionSource());
        issuer.Instead[TestIssuer.Jwks] = async http =>
        {
            await answer.Task;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(old);
        };
        await Later(TimeSpan.FromMinutes(5), 2);
        issuer.Recover(TestIssuer.Jwks);
        issuer.Keys.Insert(0, TestKey.New());
        clock.Advance(TimeSpan.FromSeconds(1));

        var verified = tokens.VerifyAsync(issuer.Token(clock.Now)).AsTask();
        answer.SetResult();

        Assert.True((await verified).IsValid);
        Assert.Equal(3, issuer.Asked(TestIssuer.Jwks));
    }

    [Fact]
    public async Task The_set_is_fetched_again_before_anybody_waits_for_it()
    {
        await using var tokens = Of();
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        var gone = issuer.Signer;
        issuer.Keys[0] = TestKey.New();

        await Later(TimeSpan.FromMinutes(5), 2);

        Assert.True(await Eventually(() => tokens.VerifyAsync(gone.Sign(TestClaims.Of(issuer.Url, clock.Now))), result => result.Fault == TokenFault.UnknownKey));
    }

    [Theory]
    [InlineData("""{"keys":[]}""", "application/json")]
    [InlineData("not JSON at all", "application/json")]
    [InlineData("<html></html>", "text/html")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""", "application/json")]
    public async Task A_set_that_is_none_does_not_replace_the_last_good_one(string body, string type)
    {
        await using var tokens = Of();
        var before = issuer.Token(clock.Now);
        Assert.True((await tokens.VerifyAsync(before)).IsValid);
        issuer.Say(TestIssuer.Jwks, body, type);

        await Later(TimeSpan.FromMinutes(5), 2);

        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        await log.Until(LogLevel.Warning, "the last good ones");
    }

    [Fact]
    public async Task A_private_key_in_the_set_is_told_and_refused()
    {
        await using var tokens = Of();
        issuer.Say(TestIssuer.Jwks, new JsonObject { ["keys"] = new JsonArray(issuer.Signer.Jwk(withPrivate: true)) }.ToJsonString());

        Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        await log.Until(LogLevel.Error, "private key");
        Assert.DoesNotContain(log.All, line => line.Text.Contains((string)issuer.Signer.Jwk(withPrivate: true)["d"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_good_set_is_used_through_an_outage_and_no_longer_than_was_said()
    {
        await using var tokens = Of(options => options.KeysStaleLimit = TimeSpan.FromHours(2));
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        issuer.Fail(TestIssuer.Jwks);

        clock.Advance(TimeSpan.FromHours(2));
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsUnavailable);

        issuer.Recover(TestIssuer.Jwks);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await Eventually(() => tokens.VerifyAsync(issuer.Token(clock.Now)), result => result.IsValid));
    }

    [Fact]
    public async Task An_issuer_that_is_away_at_the_start_is_asked_until_it_comes()
    {
        issuer.Fail(TestIssuer.Metadata, 503);
        issuer.Fail(TestIssuer.OAuthMetadata, 503);
        await using var tokens = Of();
        await tokens.StartAsync();

        Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        var asked = issuer.Asked(TestIssuer.Metadata);
        for (var n = 0; n < 50; n++)
            Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        Assert.InRange(issuer.Asked(TestIssuer.Metadata), asked, asked + 1);
        log.Has(LogLevel.Error, "no token is accepted (503)");

        issuer.Recover(TestIssuer.Metadata);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await Eventually(() => tokens.VerifyAsync(issuer.Token(clock.Now)), result => result.IsValid));
    }

    [Fact]
    public async Task A_set_that_has_not_changed_is_not_sent_again_and_counts_as_fresh()
    {
        var sent = 0;
        issuer.Instead[TestIssuer.Jwks] = http =>
        {
            http.Response.Headers.ETag = "\"one\"";
            http.Response.ContentType = "application/json";
            if (http.Request.Headers.IfNoneMatch == "\"one\"")
            {
                http.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            sent++;
            return http.Response.WriteAsync(issuer.Set());
        };
        await using var tokens = Of(options => options.KeysStaleLimit = TimeSpan.FromMinutes(8));
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);

        await Later(TimeSpan.FromMinutes(5), 2);
        await Later(TimeSpan.FromMinutes(5), 3);

        Assert.True(await Eventually(() => tokens.VerifyAsync(issuer.Token(clock.Now)), result => result.IsValid));
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused()
    {
        issuer.Say(TestIssuer.Jwks, $$"""{"keys":[],"x":"{{new string('x', 300 * 1024)}}"}""");
        await using var tokens = Of();

        Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        await log.Until(LogLevel.Error, "larger than 256 KB");
    }

    [Fact]
    public async Task A_document_that_drips_is_given_up()
    {
        issuer.Instead[TestIssuer.Jwks] = async http =>
        {
            http.Response.ContentType = "application/json";
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(" ", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, http.RequestAborted);
            }
        };
        await using var tokens = Of(limit: TimeSpan.FromMilliseconds(300));

        Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        await log.Until(LogLevel.Error, "not answered in full within 0.3 s");
    }

    [Theory]
    [InlineData("http://192.0.2.1/keys", "not https")]
    [InlineData("ftp://127.0.0.1/keys", "not https")]
    [InlineData("/.well-known/jwks.json", "more than 3 times")]
    public async Task A_redirect_that_leads_astray_is_not_followed(string location, string problem)
    {
        issuer.Instead[TestIssuer.Jwks] = http =>
        {
            http.Response.Redirect(location);
            return Task.CompletedTask;
        };
        await using var tokens = Of();

        Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        await log.Until(LogLevel.Error, problem);
    }

    [Fact]
    public async Task A_redirect_that_may_be_is_followed()
    {
        issuer.Say("/moved", issuer.Set());
        issuer.Instead[TestIssuer.Jwks] = http =>
        {
            http.Response.Redirect("/moved");
            return Task.CompletedTask;
        };
        await using var tokens = Of();

        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
    }

    [Fact]
    public async Task Metadata_is_found_at_the_other_place_too()
    {
        issuer.Fail(TestIssuer.Metadata, 404);
        issuer.Say(TestIssuer.OAuthMetadata, issuer.Describe().ToJsonString());
        await using var tokens = Of();

        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
    }

    [Theory]
    [InlineData("issuer", "https://other.example", "of another issuer")]
    [InlineData("jwks_uri", "http://192.0.2.1/keys", "not https")]
    [InlineData("jwks_uri", "keys", "not https")]
    [InlineData("jwks_uri", null, "no jwks_uri")]
    [InlineData("tumbler_revocations_uri", "http://192.0.2.1/list", "not https")]
    public async Task Metadata_that_is_not_the_issuer_s_is_refused(string member, string? value, string problem)
    {
        issuer.Say(TestIssuer.Metadata, issuer.Describe().With(member, value).ToJsonString());
        await using var tokens = Of();

        Assert.Equal(TokenFault.KeysUnavailable, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        await log.Until(LogLevel.Error, problem);
        Assert.Equal(0, issuer.Asked(TestIssuer.Jwks));
    }

    [Fact]
    public async Task The_metadata_is_asked_again_when_the_keys_have_moved()
    {
        await using var tokens = Of();
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        issuer.Keys.Insert(0, TestKey.New());
        issuer.Fail(TestIssuer.Jwks, 404);
        issuer.Say("/moved", issuer.Set());
        issuer.Say(TestIssuer.Metadata, issuer.Describe().With("jwks_uri", $"{issuer.Url}/moved").ToJsonString());

        Assert.Equal(TokenFault.UnknownKey, (await tokens.VerifyAsync(issuer.Token(clock.Now))).Fault);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
    }

    [Fact]
    public async Task The_key_set_s_own_address_needs_no_metadata()
    {
        await using var tokens = Of(options => options.JwksUrl = $"{issuer.Url}{TestIssuer.Jwks}");

        Assert.True((await tokens.VerifyAsync(issuer.Token(clock.Now))).IsValid);
        Assert.Equal(0, issuer.Asked(TestIssuer.Metadata));
    }

    [Fact]
    public async Task Keys_in_a_file_serve_until_the_issuer_answers()
    {
        var inFile = TestKey.New(named: false);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, inFile.Pem());
            issuer.Fail(TestIssuer.Metadata);
            await using var tokens = Of(options => options.PemFile = file);
            var token = inFile.Sign(TestClaims.Of(issuer.Url, clock.Now));

            Assert.True((await tokens.VerifyAsync(token)).IsValid);

            await tokens.StartAsync();
            issuer.Recover(TestIssuer.Metadata);
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await Eventually(() => tokens.VerifyAsync(issuer.Token(clock.Now)), result => result.IsValid));
            Assert.Equal(TokenFault.BadSignature, (await tokens.VerifyAsync(token)).Fault);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_clock_that_is_off_refuses_and_does_not_open()
    {
        await using var tokens = Of();
        var token = issuer.Token(clock.Now);
        Assert.True((await tokens.VerifyAsync(token)).IsValid);

        clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(TokenFault.Expired, (await tokens.VerifyAsync(token)).Fault);
        clock.Now -= TimeSpan.FromHours(2);
        Assert.Equal(TokenFault.NotYetValid, (await tokens.VerifyAsync(token)).Fault);
    }

    private TumblerTokens Of(Action<TumblerOptions>? change = null, TimeSpan? limit = null) => Verifiers.Of(issuer, clock, change, log, limit);

    /// <summary>Moves the clock until the set was asked for so often: the loop may be about to set its timer.</summary>
    private async Task Later(TimeSpan by, int asked)
    {
        while (clock.Timers.Count(timer => timer.Due == TimeSpan.FromMinutes(5)) < asked - 1)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        clock.Advance(by);
        await issuer.UntilAsked(TestIssuer.Jwks, asked);
    }

    private static async Task<bool> Eventually(Func<ValueTask<TokenResult>> verify, Func<TokenResult, bool> good)
    {
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < TimeSpan.FromSeconds(60);)
        {
            if (good(await verify()))
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        return false;
    }
}
