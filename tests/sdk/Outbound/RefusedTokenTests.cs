using System.Net;
using Microsoft.AspNetCore.Http;

namespace Tumbler.Client.Tests.Outbound;

/// <summary>When a service answers 401 to a token.</summary>
public sealed class RefusedTokenTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_token_that_a_service_refuses_is_replaced_and_the_request_sent_again()
    {
        await using var calling = await Calling.Start();
        calling.Takes("token-2");

        var answer = await calling.Client().PostAsync(new Uri("/orders", UriKind.Relative), new StringContent("an order"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([("Bearer token-1", "an order"), ("Bearer token-2", "an order")], calling.Service.Requests.Select(request => (request.Authorization, request.Body)));
    }

    [Fact]
    public async Task Callers_that_are_refused_together_share_the_replacement()
    {
        await using var calling = await Calling.Start();
        await calling.Get();
        calling.Takes("token-2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => calling.Get()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(2, calling.Issuer.Asked);
    }

    [Fact]
    public async Task Whoever_is_refused_while_another_token_is_on_its_way_waits_for_that_one()
    {
        var hold = new TaskCompletionSource();
        await using var calling = await Calling.Start();
        await calling.Get();
        calling.Takes("token-2");
        calling.Issuer.Hold = hold.Task;
        calling.Clock.Advance(240 * Second);

        var call = calling.Get();
        await Calling.Until(() => calling.Issuer.Asked == 2 && calling.Service.Requests.Count == 2);
        var second = calling.Get();
        await Calling.Until(() => calling.Service.Requests.Count == 3);
        hold.SetResult();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await call).StatusCode, (await second).StatusCode));
        Assert.Equal(2, calling.Issuer.Asked);
    }

    [Fact]
    public async Task A_service_that_refuses_every_token_costs_one_in_thirty_seconds()
    {
        await using var calling = await Calling.Start();
        calling.RefusesAll();

        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await calling.Get()).StatusCode);
        Assert.Equal((2, 21), (calling.Issuer.Asked, calling.Service.Requests.Count));

        calling.Clock.Advance(30 * Second);
        await calling.Get();
        await calling.Get();
        Assert.Equal((3, 24), (calling.Issuer.Asked, calling.Service.Requests.Count));
    }

    [Fact]
    public async Task When_there_is_no_other_token_the_service_has_the_last_word()
    {
        await using var calling = await Calling.Start();
        await calling.Get();
        calling.RefusesAll();
        calling.Issuer.Instead = Issuing.Refusal(401, new { error = "invalid_client" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await calling.Get()).StatusCode);
        Assert.Equal(2, calling.Service.Requests.Count);
    }

    [Fact]
    public async Task A_request_that_streams_is_not_sent_again_but_the_next_one_has_the_other_token()
    {
        await using var calling = await Calling.Start();
        calling.Takes("token-2");
        using var content = new StreamContent(new MemoryStream("an order"u8.ToArray()));

        Assert.Equal(HttpStatusCode.Unauthorized, (await calling.Client().PostAsync(new Uri("/orders", UriKind.Relative), content)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await calling.Get()).StatusCode);

        Assert.Equal(2, calling.Service.Requests.Count);
    }

    /// <summary>Also not as the answer to its 401, when the request already points there.</summary>
    [Fact]
    public async Task Whoever_a_service_redirects_to_never_sees_the_token()
    {
        await using var calling = await Calling.Start();
        await using var elsewhere = await WebServer.Start(http =>
        {
            http.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        calling.Service.Answer = http =>
        {
            http.Response.Redirect(new Uri(elsewhere.Url, "/orders").ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        Assert.Equal(HttpStatusCode.Unauthorized, (await calling.Get()).StatusCode);

        Assert.Equal(["Bearer token-1"], calling.Shown);
        Assert.Null(Assert.Single(elsewhere.Requests).Authorization);
        Assert.Equal(1, calling.Issuer.Asked);
    }
}
