using System.Net;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Client.Tests.Services;
using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.Stories;

/// <summary>Over real HTTP on both sides.</summary>
public sealed class S29_A_stampede_fetches_the_keys_once
{
    private const int Requests = 1_000;

    [Fact]
    public async Task A_thousand_requests_at_once_on_a_cold_cache_make_one_fetch()
    {
        var clock = new ManualClock(Verifiers.Noon);
        await using var issuer = await TestIssuer.Start(TestKey.New("RS256"));
        issuer.HasKillList = true;
        issuer.Say(TestIssuer.Revocations, issuer.Signer.Sign(Revocations.TestLists.Whole(issuer.Url, clock.Now, 1), Revocations.TestLists.Type), "application/jwt");
        await using var service = await GuardedService.Start(issuer, clock: clock);
        var tokens = Enumerable.Range(0, Requests).Select(_ => issuer.Token(clock.Now)).ToArray();

        var answers = await Task.WhenAll(tokens.Select(token => service.Get("/orders", token)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, issuer.Asked(TestIssuer.Jwks));
        Assert.Equal(1, issuer.Asked(TestIssuer.Metadata));
    }

    [Fact]
    public async Task A_thousand_made_up_kids_make_one_fetch_in_each_cool_down()
    {
        var clock = new ManualClock(Verifiers.Noon);
        await using var issuer = await TestIssuer.Start();
        await using var service = await GuardedService.Start(issuer, clock: clock);
        Assert.Equal(HttpStatusCode.OK, (await service.Get("/orders", issuer.Token(clock.Now))).StatusCode);
        var stranger = TestKey.New();
        for (var cooldown = 1; cooldown <= 2; cooldown++)
        {
            var tokens = Enumerable.Range(0, Requests).Select(n => stranger.Sign(
                $$"""{"alg":"ES256","typ":"at+jwt","kid":"made up {{n}}"}""", TestClaims.Of(issuer.Url, clock.Now).ToJsonString()));

            var answers = await Task.WhenAll(tokens.Select(token => service.Get("/orders", token)));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
            Assert.Equal(1 + cooldown, issuer.Asked(TestIssuer.Jwks));
            Assert.Equal(HttpStatusCode.OK, (await service.Get("/orders", issuer.Token(clock.Now))).StatusCode);
            clock.Advance(TimeSpan.FromSeconds(10));
        }
    }
}
