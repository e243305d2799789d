using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Migration;
using Tumbler.Core.Audit;
using Tumbler.Core.Migration;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Migration;
using Tumbler.Engine.Tests.Logging;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests.Migration;

public sealed class SharedKeysTests : IDisposable
{
    private const string Billing = "a shared key of billing";
    private const string Shop = "a shared key of the shop";
    private const string Invoices = "https://invoices.example";

    private static readonly DateTimeOffset Deprecated = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RequestOrigin Origin = new("request-1", "192.0.2.1", "POST /api/v1/api-keys/verify");

    private readonly ManualClock clock = new(Installation.Start);
    private readonly SecurityEvents events = new();
    private readonly KeptLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public void One_that_is_known_is_accepted_and_counted_by_client_and_service()
    {
        var keys = Keys(MigrationPhase.Dual);

        Assert.Equal(new SharedKeyAnswer("billing", true, null), Present(keys, Billing, Invoices));
        Present(keys, Billing, Invoices, "198.51.100.7");
        Present(keys, Billing, "https://made-up.example");
        clock.Advance(TimeSpan.FromHours(1));
        Present(keys, Shop, null);

        var view = View(keys);
        Assert.Equal(
            [
                new SharedKeyUse("shop", null, 1, 0, clock.Now, 1),
                new SharedKeyUse("billing", null, 1, 0, Installation.Start, 1),
                new SharedKeyUse("billing", Invoices, 2, 0, Installation.Start, 2),
            ],
            view.Uses);
        Assert.Equal(["billing", "shop"], view.Clients);
        Assert.Null(events.Take());
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a shared key of billinG")]
    [InlineData("a shared key of billing ")]
    [InlineData("acme_api_0000000000000000000000000000000000000000")]
    public void Anything_else_is_none_and_is_not_counted(string? text)
    {
        var keys = Keys(MigrationPhase.Dual);

        Assert.Null(Present(keys, text, null));
        Assert.Null(Present(keys, new string('x', SharedKeys.MaxLength + 1), null));
        Assert.Empty(View(keys).Uses);
        Assert.Null(events.Take());
    }

    [Fact]
    public void In_the_second_phase_client_and_operator_are_told_the_operator_once_an_hour()
    {
        var sunset = new DateTimeOffset(2027, 1, 31, 12, 0, 0, TimeSpan.Zero);
        var keys = Keys(MigrationPhase.JwtPreferred, sunset: sunset);

        var answer = Present(keys, Billing, null)!.Value;
        for (var minute = 0; minute < 60; minute++)
        {
            Present(keys, Billing, null);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(("@1767225600", "Sun, 31 Jan 2027 12:00:00 GMT"), (answer.Notice!.DeprecationHeader, answer.Notice.SunsetHeader));
        Assert.Single(log.Lines);
        Present(keys, Billing, null);
        Assert.Equal(2, log.Lines.Count);
        Assert.All(log.Lines, line => Assert.True(
            line.Level == LogLevel.Warning && line.Text.StartsWith("Client billing still uses its shared key", StringComparison.Ordinal)));
    }

    [Fact]
    public void In_the_last_phase_it_is_refused_and_a_security_event()
    {
        var keys = Keys(MigrationPhase.JwtOnly);

        Assert.Equal(new SharedKeyAnswer("billing", false, null), Present(keys, Billing, Invoices, "198.51.100.7"));

        var refused = Assert.Single(events.Take()!.Tallies).First;
        Assert.Equal((SecurityReason.SharedKeyRefused, "198.51.100.7", Origin), (refused.Reason, refused.ClientAddress, refused.Origin));
        Assert.Equal((0L, 1L), View(keys).Uses.Select(use => (use.Accepted, use.Refused)).Single());
    }

    [Fact]
    public void A_service_may_be_further_than_the_others()
    {
        var keys = Keys(MigrationPhase.Dual, invoices: MigrationPhase.JwtOnly);

        Assert.False(Present(keys, Billing, Invoices)!.Value.Accepted);
        Assert.True(Present(keys, Billing, "https://orders.example")!.Value.Accepted);
        Assert.True(Present(keys, Billing, null)!.Value.Accepted);
    }

    [Fact]
    public void Others_take_their_place_while_it_runs_and_counts_stay()
    {
        var keys = Keys(MigrationPhase.Dual);
        Present(keys, Billing, null);

        keys.Replace(Setup(MigrationPhase.Dual, keys: new() { ["billing"] = "another shared key of billing" }));

        Assert.Null(Present(keys, Billing, null));
        Assert.Null(Present(keys, Shop, null));
        Assert.True(Present(keys, "another shared key of billing", null)!.Value.Accepted);
        Assert.Equal(2, View(keys).Uses.Single().Accepted);
        Assert.Equal(["billing"], View(keys).Clients);
    }

    [Fact]
    public void Nodes_counts_become_one_and_who_did_not_answer_is_named()
    {
        var (here, there) = (Keys(MigrationPhase.Dual), Keys(MigrationPhase.Dual));
        Present(here, Billing, null, "198.51.100.1");
        clock.Advance(TimeSpan.FromMinutes(1));
        Present(there, Billing, null, "198.51.100.1");
        Present(there, Billing, null, "198.51.100.2");

        var view = MigrationReport.Of(here.Setup, [("b", there.Counted()), ("a", here.Counted()), ("c", null)]);

        Assert.Equal([new SharedKeyUse("billing", null, 3, 0, clock.Now, 2)], view.Uses);
        Assert.Equal([new("a", Installation.Start), new("b", Installation.Start), new MigrationSilo("c", null)], view.Silos);
    }

    [Fact]
    public void A_report_is_bounded_and_says_what_it_leaves_out()
    {
        var many = Enumerable.Range(0, 600).ToDictionary(n => $"client-{n}", n => $"a shared key, number {n}");
        var keys = new SharedKeys(Setup(MigrationPhase.Dual, keys: many), events, clock, Logger());
        foreach (var key in many.Values)
            Present(keys, key, null);

        Assert.Equal((500, 600), (View(keys).Uses.Count, View(keys).UsesTotal));
    }

    [Fact]
    public void Nothing_that_is_printed_shows_a_key()
    {
        Assert.DoesNotContain("shared key of", Keys(MigrationPhase.Dual).Setup.ToString(), StringComparison.Ordinal);
    }

    private SharedKeys Keys(MigrationPhase phase, MigrationPhase? invoices = null, DateTimeOffset? sunset = null) =>
        new(Setup(phase, invoices, sunset), events, clock, Logger());

    private ILogger<SharedKeys> Logger() => new LoggerFactory([log]).CreateLogger<SharedKeys>();

    private static SharedKeySetup Setup(
        MigrationPhase phase, MigrationPhase? invoices = null, DateTimeOffset? sunset = null, Dictionary<string, string>? keys = null) => new(
        new MigrationPlan(
            phase, new Dictionary<string, MigrationPhase> { [Invoices] = invoices ?? phase }.ToFrozenDictionary(), Deprecated, sunset),
        keys ?? new() { ["billing"] = Billing, ["shop"] = Shop });

    private static SharedKeyAnswer? Present(SharedKeys keys, string? text, string? service, string? address = null) =>
        keys.Present(text, service, address, Origin);

    private static MigrationView View(SharedKeys keys) => MigrationReport.Of(keys.Setup, [("node", keys.Counted())]);
}
