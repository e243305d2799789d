using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Organizations;

public class OrganizationTests
{
    [Theory]
    [InlineData(OrganizationStatus.Active, false, null, true)]
    [InlineData(OrganizationStatus.Suspended, false, null, false)]
    [InlineData(OrganizationStatus.Active, true, null, false)]
    [InlineData(OrganizationStatus.Active, false, 0, false)]
    [InlineData(OrganizationStatus.Active, false, 1, true)]
    public void A_key_opens_something_while_it_and_its_organisation_live(
        OrganizationStatus status, bool deleted, int? revokedInHours, bool accepts)
    {
        var key = Acme.Key(1) with { RevokedAt = revokedInHours is { } hours ? Acme.Now.AddHours(hours) : null };
        var organization = Acme.With(key) with { Status = status, Deleted = deleted };
        Assert.Equal(accepts, organization.Accepts(key, Acme.Now));
    }

    [Theory]
    [InlineData(OrganizationStatus.Suspended, true, 0, 0, SecurityReason.OrganizationDeleted)]
    [InlineData(OrganizationStatus.Suspended, false, 0, 0, SecurityReason.OrganizationSuspended)]
    [InlineData(OrganizationStatus.Active, false, 0, null, SecurityReason.RevokedKey)]
    [InlineData(OrganizationStatus.Active, false, null, 0, SecurityReason.ExpiredKey)]
    [InlineData(OrganizationStatus.Active, false, 1, 1, null)]
    public void Why_a_key_opens_nothing_is_known(
        OrganizationStatus status, bool deleted, int? revokedInHours, int? expiresInHours, SecurityReason? why)
    {
        var key = Acme.Key(1) with { RevokedAt = In(revokedInHours), ExpiresAt = In(expiresInHours) };
        Assert.Equal(why, (Acme.With(key) with { Status = status, Deleted = deleted }).WhyNot(key, Acme.Now));

        static DateTimeOffset? In(int? hours) => hours is { } some ? Acme.Now.AddHours(some) : null;
    }

    [Fact]
    public void Live_keys_come_newest_first_and_in_a_stable_order()
    {
        var twin = Acme.Key(4) with { CreatedAt = Acme.Key(2).CreatedAt };
        var organization = Acme.With(
            twin, Acme.Key(1), Acme.Key(3) with { RevokedAt = Acme.Now }, Acme.Key(2), Acme.Key(5) with { ExpiresAt = Acme.Now });
        Assert.Equal([Acme.Id(2), Acme.Id(4), Acme.Id(1)], organization.LiveApiKeys(Acme.Now).Select(key => key.Id));
    }

    [Fact]
    public void A_view_counts_the_live_keys()
    {
        var view = Acme.With(Acme.Key(1), Acme.Key(2) with { RevokedAt = Acme.Now }).View(Acme.Now);
        Assert.Equal(
            new OrganizationView(
                Acme.Slug, "Acme", "ann@example.com", OrganizationStatus.Active, 1, Acme.Founded, Acme.Founded),
            view);
    }

    [Fact]
    public void Its_chain_is_named_after_it() => Assert.Equal("org:acme", Acme.With().Chain);
}
