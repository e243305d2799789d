using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Limits;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Tests.Organizations;

namespace Tumbler.Core.Tests.ApiKeys;

public class RateLimitTests
{
    private static readonly QuotaRule TenAMinute = new(10, TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(1, "PT1S")]
    [InlineData(1_000_000, "24h")]
    public void A_key_is_made_with_a_limit_and_shows_it(int limit, string window)
    {
        var key = Create(new RateLimit(limit, window)).Value!.Answer;
        Assert.Equal(limit, key.RateLimit!.Limit);
        Assert.Equal(key.RateLimit.Limit, key.View(Acme.Now, null).RateLimit!.Limit);
    }

    [Fact]
    public void No_limit_is_null_or_an_empty_object()
    {
        Assert.Null(Create(null).Value!.Answer.RateLimit);
        Assert.Null(Create(new RateLimit()).Value!.Answer.RateLimit);
        Assert.Null(Create(null).Value!.Answer.View(Acme.Now, null).RateLimit);
    }

    [Theory]
    [InlineData(0, "PT1M", "rate_limit.limit:rate_limit")]
    [InlineData(-1, "PT1M", "rate_limit.limit:rate_limit")]
    [InlineData(1_000_001, "PT1M", "rate_limit.limit:rate_limit")]
    [InlineData(5, null, "rate_limit.window:required")]
    [InlineData(null, "PT1M", "rate_limit.limit:required")]
    [InlineData(5, "PT0S", "rate_limit.window:duration")]
    [InlineData(5, "25h", "rate_limit.window:duration")]
    [InlineData(5, "soon", "rate_limit.window:duration")]
    [InlineData(0, "soon", "rate_limit.limit:rate_limit rate_limit.window:duration")]
    public void Anything_else_is_named(int? limit, string? window, string faults) => Assert.Equal(
        faults,
        string.Join(' ', Acme.Refusal(Create(new RateLimit(limit, window)), ErrorCode.InvalidInput).Fields.Select(field => $"{field.Field}:{field.Rule}")));

    [Fact]
    public void Changing_it_is_audited_and_leaving_it_out_keeps_it()
    {
        var state = Acme.With(Acme.Key(1) with { RateLimit = TenAMinute });

        var changed = Acme.Value(Change(state, new ChangeApiKey(RateLimit: new RateLimit(20, "PT1M"))));
        Assert.Equal("20 in PT1M", changed.Audit[0].Details["rate_limit"]);
        var removed = Acme.Value(Change(state, new ChangeApiKey(RateLimit: new RateLimit())));
        Assert.Equal(("none", null), (removed.Audit[0].Details["rate_limit"], removed.Answer.RateLimit));
        var kept = Acme.Value(Change(state, new ChangeApiKey(Name: "other")));
        Assert.Equal(TenAMinute, kept.Answer.RateLimit);
        Assert.DoesNotContain("rate_limit", kept.Audit[0].Details.Keys);
        Assert.Empty(Acme.Value(Change(state, new ChangeApiKey(RateLimit: new RateLimit(10, "60s")))).Audit);
    }

    [Fact]
    public void Rotation_keeps_a_keys_own_limit_and_of_several_the_widest_that_there_is()
    {
        var narrow = Acme.Key(1) with { RateLimit = TenAMinute };
        var wide = Acme.Key(2) with { RateLimit = new QuotaRule(20, TimeSpan.FromSeconds(60)) };
        var free = Acme.Key(3);

        Assert.Equal(wide.RateLimit, Rotated(narrow, wide, free).RateLimit);
        Assert.Null(Rotated(free).RateLimit);
        Assert.Equal(TenAMinute, Acme.Value(ApiKeyDecisions.Rotate(
            Acme.With(narrow, wide, free), Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now, by: narrow.Id)).Answer.Key.RateLimit);
    }

    private static ApiKey Rotated(params ApiKey[] keys) => Acme.Value(ApiKeyDecisions.Rotate(
        Acme.With(keys), Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now)).Answer.Key;

    private static Result<Decision<Organization, ApiKey>> Create(RateLimit? limit) => ApiKeyDecisions.Create(
        Acme.With(), Acme.Slug, new CreateApiKey("deploy", RateLimit: limit), Acme.Id(2), Acme.Hash(2), Acme.Now);

    private static Result<Decision<Organization, ApiKey>> Change(Organization state, ChangeApiKey request) =>
        ApiKeyDecisions.Change(state, Acme.Slug, Acme.Id(1), request, Acme.Now);
}
