using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Guarding;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

/// <summary>The sample service behind the SDK. Whoever has a good token gets in, whoever has not does not, whatever happens meanwhile.</summary>
public sealed class S27_A_guarded_service_is_fair(StoryRun run)
{
    private const double ClockRate = 3600;
    private static readonly string[] Scopes = ["orders:read"];

    /// <summary>How long a key signs. Three of them are told of.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromHours(StoryRun.Long ? 24 : 4);

    [Fact]
    public async Task Through_days_of_rotations_outages_and_restarts()
    {
        using var home = new SiloHome(run, "guarded");
        string[] settings =
        [
            "--Development:ClockRate", ClockRate.ToString(CultureInfo.InvariantCulture), "--Tokens:Lifetime", "4h",
            .. Policy("default"), .. Policy("partners"),
        ];
        var silo = await home.Start(settings);
        List<IAsyncDisposable> begun = [silo];
        try
        {
            var clock = RateClock.Of(Path.Combine(home.Data, "clock.anchor"));
            await silo.Admin.CreateOrganization("acme");
            var reader = await silo.Admin.CreateApiKeyWith("acme", Scopes, [OrdersService.Audience, "https://other.example"]);
            await using var gate = new Gate(home.Url);
            var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{SiloHome.FreePort()}"));
            var service = await Guarded(url, home, gate);
            begun.Add(service);
            await LetsIn(service, silo, reader);

            await using var traffic = new Traffic(home, clock, silo, service, reader);
            var begin = clock.GetUtcNow();

            // A key that has long been published begins to sign while nobody can ask for keys.
            await traffic.Reach(begin + 0.1 * Turn);
            var graceful = await HandRotation(silo, "graceful");
            await traffic.Reach(graceful.EffectiveAt - TimeSpan.FromMinutes(30));
            gate.Close();
            await traffic.Reach(graceful.EffectiveAt + TimeSpan.FromMinutes(30));
            gate.Open();
            Assert.NotEqual(0, gate.Refused);

            // Another one that nobody has seen before.
            await traffic.Reach(graceful.EffectiveAt + 0.25 * Turn);
            traffic.KeysChange = true;
            await HandRotation(silo, "immediate");
            await HandRotation(silo, "immediate");
            await traffic.Reach(clock.GetUtcNow() + TimeSpan.FromMinutes(30));
            traffic.KeysChange = false;

            // The service forgets all it knew.
            await traffic.Reach(begin + 1.2 * Turn);
            traffic.ServiceIsAway = true;
            await service.Kill();
            traffic.Service = service = await Guarded(url, home, gate);
            begun.Add(service);
            await LetsIn(service, silo, reader);
            traffic.ServiceIsAway = false;

            // One token is withdrawn, then a key with all that it signed.
            await traffic.Reach(begin + 1.6 * Turn);
            var single = await traffic.Fresh();
            await traffic.Ledger.Withdraw(single.Token.Text, () => Revoke(silo, reader, single.Token));
            await traffic.Reach(clock.GetUtcNow() + TimeSpan.FromHours(1));
            await traffic.Send(single);
            await traffic.Reach(begin + 1.8 * Turn);
            var leaked = (await silo.Admin.Status()).SigningKid!;
            traffic.KeysChange = true;
            await traffic.Ledger.Withdraw(leaked, () => silo.Admin.RevokeKey("default", leaked));
            await traffic.Reach(clock.GetUtcNow() + TimeSpan.FromHours(1));
            traffic.KeysChange = false;

            // The issuer restarts, and the calls by the SDK find it again.
            await traffic.Reach(begin + 2.3 * Turn);
            traffic.SiloIsAway = true;
            Assert.Equal(0, await silo.Stop());
            traffic.Silo = silo = await home.Start(settings);
            begun.Add(silo);
            await traffic.Reach(clock.GetUtcNow() + TimeSpan.FromMinutes(15));
            traffic.SiloIsAway = false;

            await traffic.Reach(begin + 3 * Turn);
            await traffic.Stop();
            run.Measured($"S27: {(clock.GetUtcNow() - begin).TotalHours:F0} simulated hours, {(await silo.Admin.Status()).RotationCount} rotations; {traffic.Tally}");
            traffic.Tally.AssertFair();
            Assert.InRange(traffic.Tally.Count("a token: OK"), 50, int.MaxValue);
            Assert.InRange(traffic.Tally.Count("a call by the SDK: OK"), 20, int.MaxValue);
            Assert.NotEqual(0, traffic.Tally.Count("a token without the scope: Forbidden"));
            Assert.InRange(traffic.Tally.Kinds(HttpStatusCode.Unauthorized), 12, int.MaxValue);
        }
        finally
        {
            foreach (var each in begun)
                await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task And_on_a_clock_that_everybody_has_it_refuses_what_is_withdrawn_within_five_seconds()
    {
        using var home = new SiloHome(run, "withdrawn");
        await using var silo = await home.Start();
        await silo.Admin.CreateOrganization("acme");
        await silo.Admin.CreateOrganization("other");
        var client = await silo.Admin.CreateApiKeyWith("acme", Scopes, [OrdersService.Audience]);
        var second = await silo.Admin.CreateApiKeyWith("acme", Scopes, [OrdersService.Audience]);
        var third = await silo.Admin.CreateApiKeyWith("other", Scopes, [OrdersService.Audience]);
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{SiloHome.FreePort()}"));
        await using var service = await OrdersService.Start(run, url, home.Issuer);
        await LetsIn(service, silo, client);

        var token = await silo.Tokens.ByBasic(client);
        var times = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["token"] = await UntilRefused(service, token, () => Revoke(silo, client, token)),
            ["API key"] = await UntilRefused(service, await silo.Tokens.ByBasic(second), () => silo.Admin.RevokeApiKey("acme", second.Id)),
            ["organisation"] = await UntilRefused(service, await silo.Tokens.ByBasic(third), () => silo.Admin.SetStatus("other", "suspended")),
            ["signing key"] = await UntilRefused(service, await silo.Tokens.ByBasic(client), async () => await silo.Admin.RevokeKey("default", (await silo.Admin.Status()).SigningKid!)),
        };
        Assert.Equal(HttpStatusCode.OK, await service.Get((await silo.Tokens.ByBasic(client)).Text));

        run.Measured($"S27: withdrawn and refused by the service after {string.Join(", ", times.Select(time => FormattableString.Invariant($"{time.Value:F0} ms ({time.Key})")))}");
        Assert.All(times, time => Assert.InRange(time.Value, 0, 5000));
    }

    private static string[] Policy(string ring) => StoryRun.Long
        ? [$"--Rings:{ring}:Algorithm", "ES256", $"--Rings:{ring}:Validity", "30h"]
        : [$"--Rings:{ring}:Algorithm", "ES256", $"--Rings:{ring}:Interval", "4h", $"--Rings:{ring}:Validity", "9h", $"--Rings:{ring}:Lead", "1h", $"--Rings:{ring}:AllowShortLead", "true"];

    /// <summary>Its way to the issuer leads through the gate. While the machine restarts the issuer, hours pass here: it is told to bear them.</summary>
    private Task<OrdersService> Guarded(Uri url, SiloHome home, Gate gate) => OrdersService.Start(
        run, url, home.Issuer, Path.Combine(home.Data, "clock.anchor"),
        "--Tumbler:JwksUrl", $"{gate.Url}/.well-known/jwks.json", "--Tumbler:RevocationsUrl", $"{gate.Url}/api/v1/revocations/default",
        "--Tumbler:RevocationsStaleLimit", "24h");

    private static async Task LetsIn(OrdersService service, SiloProcess silo, NewApiKey client) =>
        await Until.True("the service lets callers in", TimeSpan.FromSeconds(30), async () =>
            await service.Get((await silo.Tokens.For(client, OrdersService.Audience)).Text) == HttpStatusCode.OK);

    private static async Task<Watching.HandRotation> HandRotation(SiloProcess silo, string mode) =>
        await Watching.HandRotation.Of(silo, admin => admin.Trigger(mode));

    /// <returns>Milliseconds since the issuer said that it is withdrawn.</returns>
    private static async Task<double> UntilRefused(OrdersService service, Token token, Func<Task> withdraw)
    {
        Assert.Equal(HttpStatusCode.OK, await service.Get(token.Text));
        await withdraw();
        var watch = Stopwatch.StartNew();
        await Until.True("what is withdrawn is refused", TimeSpan.FromSeconds(30), async () => await service.Get(token.Text) == HttpStatusCode.Unauthorized);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task Revoke(SiloProcess silo, NewApiKey client, Token token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/revoke") { Content = new FormUrlEncodedContent([new("token", token.Text)]) };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Key)}")));
        using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
