using System.Collections.Immutable;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public class AuditFilterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly AuditEntry Entry = new(
        "org:acme", 1, Noon, "acme", new Actor(ActorType.ApiKey, "k-1"), AuditAction.Create, AuditResource.ApiKey, "r-1",
        AuditStatus.Success, "q-1", "192.0.2.1", ImmutableDictionary<string, string>.Empty, "", "", "");

    public static TheoryData<AuditQuery, bool> Queries => new()
    {
        { new AuditQuery(), true },
        { new AuditQuery(Org: OrgSlug.Parse("acme")), true },
        { new AuditQuery(Org: OrgSlug.Parse("Acme")), false },
        { new AuditQuery(Action: AuditAction.Create), true },
        { new AuditQuery(Action: AuditAction.Delete), false },
        { new AuditQuery(ResourceType: AuditResource.ApiKey), true },
        { new AuditQuery(ResourceType: AuditResource.Ring), false },
        { new AuditQuery(ResourceId: "r-1"), true },
        { new AuditQuery(ResourceId: "r-2"), false },
        { new AuditQuery(Actor: "k-1"), true },
        { new AuditQuery(Actor: "k-2"), false },
        { new AuditQuery(Status: AuditStatus.Success), true },
        { new AuditQuery(Status: AuditStatus.Failure), false },
        { new AuditQuery(From: Noon), true },
        { new AuditQuery(From: Noon.AddTicks(1)), false },
        { new AuditQuery(Until: Noon.AddTicks(1)), true },
        { new AuditQuery(Until: Noon), false },
        { new AuditQuery(Action: AuditAction.Create, Actor: "k-2"), false },
    };

    [Theory]
    [MemberData(nameof(Queries), DisableDiscoveryEnumeration = true)]
    public void An_entry_matches_when_every_given_filter_does(AuditQuery query, bool matches) =>
        Assert.Equal(matches, AuditFilter.Matches(query, Entry));

    [Fact]
    public void An_entry_of_no_organisation_is_not_found_under_one() =>
        Assert.False(AuditFilter.Matches(new AuditQuery(Org: OrgSlug.Parse("acme")), Entry with { Org = null }));
}
