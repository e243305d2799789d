using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tumbler.Client.Tests.Outbound;

public sealed class TumblerTokenHandlerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Every_request_carries_the_token_that_was_fetched_once()
    {
        await using var calling = await Calling.Start(options => options.Scope = "orders:read orders:write");

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await calling.Get()).StatusCode);

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-1"], calling.Shown);
        var asked = Assert.Single(calling.Issuer.Server.Requests);
        Assert.Equal(("POST", "grant_type=client_credentials&scope=orders%3Aread+orders%3Awrite"), (asked.Method, asked.Body));
    }

    [Fact]
    public async Task The_client_authenticates_as_the_standard_says_also_with_odd_characters()
    {
        await using var calling = await Calling.Start(options =>
        {
            options.Resource.Add("https://orders.example/a?b=c");
            options.Resource.Add("urn:invoices");
        });

        await calling.Get();

        var asked = calling.Issuer.Server.Requests[0];
        Assert.Equal("grant_type=client_credentials&resource=https%3A%2F%2Forders.example%2Fa%3Fb%3Dc&resource=urn%3Ainvoices", asked.Body);
        var basic = Encoding.ASCII.GetString(Convert.FromBase64String(asked.Authorization!["Basic ".Length..]));
        Assert.Equal("a%20client:s3cret%2Fwith%2Bodd%3Dcharacters%3Aand%20more", basic);
    }

    [Fact]
    public async Task Callers_that_come_together_share_one_request_for_a_token()
    {
        var hold = new TaskCompletionSource();
        await using var calling = await Calling.Start();
        calling.Issuer.Hold = hold.Task;

        var calls = Enumerable.Range(0, 200).Select(_ => calling.Get()).ToArray();
        await Calling.Until(() => calling.Issuer.Asked > 0);
        hold.SetResult();

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, calling.Issuer.Asked);
        Assert.Equal(200, calling.Shown.Count(shown => shown == "Bearer token-1"));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_it_for_the_others()
    {
        var hold = new TaskCompletionSource();
        await using var calling = await Calling.Start();
        calling.Issuer.Hold = hold.Task;
        using var enough = new CancellationTokenSource();

        var impatient = calling.Client().GetAsync(new Uri("/", UriKind.Relative), enough.Token);
        await Calling.Until(() => calling.Issuer.Asked > 0);
        var patient = calling.Get();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        hold.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await patient).StatusCode);
        Assert.Equal(1, calling.Issuer.Asked);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_nobody_waits_for_that()
    {
        var hold = new TaskCompletionSource();
        await using var calling = await Calling.Start();
        await calling.Get();

        calling.Clock.Advance(209 * Second);
        await calling.Get();
        Assert.Equal(1, calling.Issuer.Asked);
        calling.Issuer.Hold = hold.Task;
        calling.Clock.Advance(31 * Second);
        await calling.Get();
        await calling.Get();
        await Calling.Until(() => calling.Issuer.Asked == 2);
        hold.SetResult();
        await Calling.Until(() => calling.Log.Count("was fetched") == 2);
        await calling.Get();

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-2"], calling.Shown);
        Assert.Equal(2, calling.Issuer.Asked);
    }

    [Fact]
    public async Task A_token_that_would_end_on_the_way_is_not_sent()
    {
        await using var calling = await Calling.Start();
        await calling.Get();

        calling.Clock.Advance(291 * Second);
        await calling.Get();

        Assert.Equal(["Bearer token-1", "Bearer token-2"], calling.Shown);
    }

    [Fact]
    public async Task While_no_other_is_to_be_had_a_good_token_serves_and_the_issuer_is_asked_ever_less()
    {
        await using var calling = await Calling.Start();
        await calling.Get();
        calling.Issuer.Instead = Issuing.Refusal(503, new { error = "temporarily_unavailable" });

        calling.Clock.Advance(240 * Second);
        for (var i = 0; i < 49; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await calling.Get()).StatusCode);
            await Calling.Until(calling.IsIdle);
            calling.Clock.Advance(Second);
        }

        // After pauses of at most 1, 2, 4, 8, 16 s, and at least half of each.
        Assert.InRange(calling.Issuer.Asked, 1 + 5, 1 + 8);
        Assert.All(calling.Shown, shown => Assert.Equal("Bearer token-1", shown));
        calling.Clock.Advance(Second);
        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        Assert.Equal("temporarily_unavailable", refused.Error);
        Assert.Equal(49 + 1, calling.Service.Requests.Count);
    }

    [Fact]
    public async Task When_the_issuer_is_back_so_are_the_tokens()
    {
        await using var calling = await Calling.Start();
        calling.Issuer.Instead = Issuing.Refusal(500, new { });
        var away = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        Assert.Equal(1, calling.Issuer.Asked);

        calling.Issuer.Instead = null;
        Assert.InRange(away.RetryAfter, 0.5 * Second, Second);
        calling.Clock.Advance(Second);

        Assert.Equal(HttpStatusCode.OK, (await calling.Get()).StatusCode);
    }

    [Theory]
    [InlineData("120")]
    [InlineData("Thu, 01 Jan 2026 00:02:00 GMT")]
    public async Task How_long_to_wait_the_issuer_may_say(string retryAfter)
    {
        await using var calling = await Calling.Start();
        calling.Issuer.Instead = Issuing.Refusal(429, new { error = "temporarily_unavailable" }, retryAfter);
        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);

        Assert.InRange(refused.RetryAfter, 120 * Second, 132 * Second);
        calling.Clock.Advance(119 * Second);
        await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        Assert.Equal(1, calling.Issuer.Asked);
        calling.Clock.Advance(14 * Second);
        await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        Assert.Equal(2, calling.Issuer.Asked);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_given_up()
    {
        await using var calling = await Calling.Start();
        var never = new TaskCompletionSource();
        calling.Issuer.Hold = never.Task;

        var call = calling.Get();
        await Calling.Until(() => calling.Issuer.Asked == 1);
        calling.Clock.Advance(10 * Second);

        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(() => call);
        Assert.Contains("no answer within 10 s", refused.Message, StringComparison.Ordinal);
        never.SetResult();
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        await using var calling = await Calling.Start();
        calling.Issuer.Instead = http => http.Response.WriteAsync(new string(' ', 100_000));

        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);
        Assert.Contains("65536", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_comes_back_without_the_token_and_its_own_credential_is_left_alone()
    {
        await using var calling = await Calling.Start();

        var answer = await calling.Get();
        using var own = new HttpRequestMessage(HttpMethod.Get, "/orders") { Headers = { Authorization = new AuthenticationHeaderValue("Basic", "eDp5") } };
        await calling.Client().SendAsync(own);

        Assert.Null(answer.RequestMessage!.Headers.Authorization);
        Assert.Equal(["Bearer token-1", "Basic eDp5"], calling.Shown);
    }

    [Fact]
    public async Task Clients_that_ask_for_the_same_share_a_token_and_others_have_their_own()
    {
        await using var calling = await Calling.Start((services, issuer) =>
        {
            foreach (var (name, scope) in new[] { ("a", "read"), ("b", "read"), ("c", "write") })
            {
                services.AddHttpClient(name).AddTumblerTokens(options =>
                    (options.TokenEndpoint, options.ClientId, options.ClientSecret, options.Scope) = ($"{issuer.Issuer}/token", "a client", Issuing.Secret, scope));
            }
        });

        foreach (var name in (string[])["a", "b", "c", "a"])
            await calling.Client(name).GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-1"], calling.Shown);
    }

    [Fact]
    public async Task No_token_goes_over_plain_HTTP_to_another_machine()
    {
        await using var calling = await Calling.Start();

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => calling.Client().GetAsync(new Uri("http://orders.example/")));

        Assert.Contains("plain HTTP", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, calling.Issuer.Asked);
    }

    [Fact]
    public async Task Neither_token_nor_secret_is_ever_logged()
    {
        await using var calling = await Calling.Start();
        await calling.Get();
        calling.RefusesAll();
        await calling.Get();
        calling.Clock.Advance(290 * Second);
        calling.Issuer.Instead = Issuing.Refusal(401, new { error = "invalid_client", error_description = $"Wrong: {Issuing.Secret}" });
        var refused = await Assert.ThrowsAsync<TokenUnavailableException>(calling.Get);

        Assert.Contains("invalid_client", calling.Log.Text, StringComparison.Ordinal);
        var basic = calling.Issuer.Server.Requests[0].Authorization!["Basic ".Length..];
        foreach (var secret in (string[])["token-1", "token-2", Issuing.Secret, Uri.EscapeDataString(Issuing.Secret), basic])
        {
            Assert.DoesNotContain(secret, calling.Log.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_works_without_dependency_injection_too()
    {
        await using var issuer = await Issuing.Start();
        await using var service = await WebServer.Start();
        using var client = new HttpClient(new TumblerTokenHandler(issuer.Options()) { InnerHandler = new SocketsHttpHandler() });

        await client.GetAsync(service.Url);

        Assert.Equal("Bearer token-1", service.Requests[0].Authorization);
        Assert.Throws<NotSupportedException>(() => client.Send(new HttpRequestMessage(HttpMethod.Get, service.Url)));
    }
}
