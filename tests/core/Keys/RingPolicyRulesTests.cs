using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;

namespace Tumbler.Core.Tests.Keys;

public sealed class RingPolicyRulesTests
{
    [Fact]
    public void An_empty_request_makes_the_default_policy() =>
        Assert.Equal(RingPolicy.Default, RingPolicyRules.Apply(new PutRing(), null).Value);

    public static TheoryData<PutRing, string, string> Impossible => new()
    {
        { new PutRing(Validity: "24h"), "validity", "longer_than_interval" },
        { new PutRing(Interval: "24h", Validity: "1h"), "validity", "longer_than_interval" },
        { new PutRing(Validity: "86700s"), "validity", "grace" },
        { new PutRing(MaxTokenLifetime: "56m"), "max_token_lifetime", "fits_validity" },
        { new PutRing(MaxTokenLifetime: "29s"), "max_token_lifetime", "fits_validity" },
        { new PutRing(Lead: "12h"), "lead", "safe_lead" },
        { new PutRing(Interval: "6h"), "lead", "safe_lead" },
        { new PutRing(Lead: "9m", AllowShortLead: true), "lead", "jwks_max_age" },
        { new PutRing(Interval: "1h", Lead: "25h"), "lead", "intervals_ahead" },
        { new PutRing(Interval: "1h", Lead: "13h", Validity: "26h"), "validity", "intervals_ahead" },
        { new PutRing(Interval: "59m"), "interval", "duration" },
        { new PutRing(Interval: "169h"), "interval", "duration" },
        { new PutRing(Interval: "24:00:00"), "interval", "duration" },
        { new PutRing(Algorithm: "HS256"), "algorithm", "one_of" },
        { new PutRing(Algorithm: "rs256"), "algorithm", "one_of" },
        { new PutRing(Algorithm: "none"), "algorithm", "one_of" },
        { new PutRing(RsaBits: 1024), "rsa_bits", "one_of" },
        { new PutRing(Algorithm: "ES256", RsaBits: 2048), "rsa_bits", "rsa_only" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void An_impossible_policy_is_refused_with_the_field_and_the_rule(PutRing request, string field, string rule)
    {
        var refusal = RingPolicyRules.Apply(request, null).Refusal;

        Assert.NotNull(refusal);
        Assert.Contains(refusal.Fields, error => (error.Field, error.Rule) == (field, rule));
    }

    [Fact]
    public void The_error_shows_the_time_line()
    {
        var error = Assert.Single(RingPolicyRules.Apply(new PutRing(Lead: "12h"), null).Refusal!.Fields);

        Assert.EndsWith("Time line of a key: published 0 h, signs 12 h to 36 h, expires 37 h.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_interval_takes_along_what_was_never_chosen()
    {
        var policy = RingPolicyRules.Apply(new PutRing(Interval: "48h"), RingPolicy.Default).Value!;

        Assert.Equal((TimeSpan.FromHours(49), TimeSpan.FromHours(48), TimeSpan.FromMinutes(55)),
            (policy.Validity, policy.Lead, policy.MaxTokenLifetime));
    }

    [Fact]
    public void A_changed_algorithm_keeps_the_durations_and_fits_the_size()
    {
        var es = RingPolicyRules.Apply(new PutRing(Algorithm: "ES512"), RingPolicy.Default).Value!;
        var back = RingPolicyRules.Apply(new PutRing(Algorithm: "PS384", RsaBits: 4096), es).Value!;

        Assert.Equal(RingPolicy.Default with { Algorithm = JwsAlgorithm.ES512, RsaBits = null }, es);
        Assert.Equal(RingPolicy.Default with { Algorithm = JwsAlgorithm.PS384, RsaBits = 4096 }, back);
    }
}
