using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Revocations;
using Tumbler.Grains.Tests.Keys;

namespace Tumbler.Grains.Tests.Tokens;

public sealed class TokenRevocationsGrainTests : IAsyncLifetime
{
    private static readonly CallContext Call = new(Actor.Administrator, "request-1", "192.0.2.1");

    private RingSilos cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await RingSilos.Deploy();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task When_a_token_s_revocation_is_answered_every_silo_knows_it()
    {
        for (var n = 0; n < 10; n++)
        {
            var token = new RevokedToken($"t-{n}", "c-1", OrgSlug.Parse("acme"), cluster.Clock.Now.AddMinutes(5));

            var revoked = await cluster.Silos[n % 2].ServiceProvider.GetRequiredService<ITokenRevocations>().Revoke(RingId.Default, token, Call);

            Assert.Equal(token, revoked.Value);
            Assert.Empty(revoked.Spread!.Unconfirmed);
            Assert.All(cluster.Silos, silo => Assert.True(Has(silo, new(RevocationKind.Token, token.TokenId, RingId.Default))));
        }

        Assert.All(cluster.Silos, silo => Assert.Equal(10, silo.ServiceProvider.GetRequiredService<LiveRevocations>().Now.Feed.Last));
    }

    [Fact]
    public async Task When_an_organisation_is_suspended_every_silo_knows_it_that_never_used_it()
    {
        var organizations = cluster.Silos[0].ServiceProvider.GetRequiredService<IOrganizations>();
        await organizations.Create(new CreateOrganization("acme", "Acme", "it@acme.example"), Call);

        var suspended = await organizations.Update(OrgSlug.Parse("acme"), new UpdateOrganization(Status: "suspended"), Call);

        Assert.Empty(suspended.Spread!.Unconfirmed);
        Assert.All(cluster.Silos, silo => Assert.True(Has(silo, new(RevocationKind.Organization, "acme", null))));
    }

    private static bool Has(InProcessSiloHandle silo, RevocationSubject subject) =>
        silo.ServiceProvider.GetRequiredService<LiveRevocations>().Now.Feed.Has(subject);
}
