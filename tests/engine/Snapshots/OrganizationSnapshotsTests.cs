using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Snapshots;

public sealed class OrganizationSnapshotsTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task A_late_read_never_brings_back_a_revoked_key()
    {
        var node = installation.NewNode();
        var client = await node.NewClient();
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        var old = (await installation.Journal.Organizations.Load(client.Org, CancellationToken.None))!;
        Node.Admitted(await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));

        node.Get<OrganizationSnapshots>().Renew(old);

        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
    }

    [Fact]
    public async Task A_late_read_never_brings_back_a_revoked_key_that_has_been_let_go_of_meanwhile()
    {
        var node = installation.NewNode();
        var client = await node.NewClient();
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        var old = (await installation.Journal.Organizations.Load(client.Org, CancellationToken.None))!;
        Node.Admitted(await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
        node.Get<OrganizationSnapshots>().DropUnused(-1);

        // Also not while somebody reads it anew, nor when that fails.
        installation.Store.Organizations.AfterLoad = _ =>
        {
            installation.Store.Organizations.AfterLoad = _ => Task.CompletedTask;
            node.Get<OrganizationSnapshots>().Renew(old);
            throw new StoreUnavailableException("The store is away.");
        };
        node.Get<OrganizationSnapshots>().Renew(old);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await node.ApiKeys.Verify(new VerifyApiKey(client.Key)));

        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
    }

    [Fact]
    public async Task A_change_while_an_organization_is_read_for_the_first_time_is_in_what_is_shown()
    {
        var node = installation.NewNode();
        var client = await node.NewClient();
        var loads = installation.Store.Organizations.Loads;
        installation.Store.Organizations.AfterLoad = async _ =>
        {
            installation.Store.Organizations.AfterLoad = _ => Task.CompletedTask;
            Node.Admitted(await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
        };

        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);

        Assert.Equal(loads + 2, installation.Store.Organizations.Loads);
    }

    [Fact]
    public async Task What_others_make_while_it_is_looked_for_in_vain_is_there_at_once()
    {
        var node = installation.NewNode();
        Client? client = null;
        installation.Store.Organizations.AfterLoad = async _ =>
        {
            installation.Store.Organizations.AfterLoad = _ => Task.CompletedTask;
            client = await node.NewClient();
        };

        Assert.NotNull(await node.Get<OrganizationSnapshots>().Find(OrgSlug.Parse("acme")));

        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(client!.Key))).Valid);
    }

    [Fact]
    public async Task A_change_of_what_nobody_uses_here_shows_nothing()
    {
        var (one, other) = (installation.NewNode(), installation.NewNode());
        await other.Poll();
        var client = await one.NewClient();
        var loads = installation.Store.Organizations.Loads;

        await other.Poll();
        await one.NewKey(client.Org.Value);
        await other.Poll();

        // Nobody has read it, and neither node holds it.
        Assert.Equal(loads, installation.Store.Organizations.Loads);
        foreach (var node in (Node[])[one, other])
        {
            await node.ApiKeys.Verify(new VerifyApiKey(client.Key));
            Assert.Equal(++loads, installation.Store.Organizations.Loads);
        }
    }

    [Fact]
    public async Task An_organization_is_read_once()
    {
        var client = await installation.NewNode().NewClient();
        var snapshots = installation.NewNode().Get<OrganizationSnapshots>();
        var loads = installation.Store.Organizations.Loads;

        for (var i = 0; i < 10; i++)
            Assert.NotNull(await snapshots.Find(client.Org));

        Assert.Equal(loads + 1, installation.Store.Organizations.Loads);
        Assert.Null(await snapshots.Find(OrgSlug.Parse("nobody")));
    }

    [Fact]
    public async Task Who_does_not_exist_is_asked_for_once_a_second_at_most()
    {
        var snapshots = installation.NewNode().Get<OrganizationSnapshots>();
        var loads = installation.Store.Organizations.Loads;

        for (var i = 0; i < 100; i++)
            Assert.Null(await snapshots.Find(OrgSlug.Parse("nobody")));
        Assert.Equal(loads + 1, installation.Store.Organizations.Loads);

        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await snapshots.Find(OrgSlug.Parse("nobody")));
        Assert.Equal(loads + 2, installation.Store.Organizations.Loads);
    }

    [Fact]
    public async Task Who_comes_into_being_is_there_at_once_here_and_elsewhere_after_one_question()
    {
        var (node, other) = (installation.NewNode(), installation.NewNode());
        await other.Poll();
        Assert.Null(await node.Get<OrganizationSnapshots>().Find(OrgSlug.Parse("acme")));
        Assert.Null(await other.Get<OrganizationSnapshots>().Find(OrgSlug.Parse("acme")));

        var client = await node.NewClient();

        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        await other.Poll();
        Assert.True((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
    }

    [Fact]
    public async Task A_burst_of_made_up_names_asks_the_store_for_a_few_at_a_time()
    {
        var snapshots = installation.NewNode().Get<OrganizationSnapshots>();
        var (now, most) = (0, 0);
        installation.Store.Organizations.AfterLoad = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
        };

        var found = await Task.WhenAll(Enumerable.Range(0, 1000).Select(n =>
            Task.Run(() => snapshots.Find(OrgSlug.Parse($"made_up_{n}")).AsTask())));

        Assert.All(found, Assert.Null);
        Assert.InRange(most, 1, 8);
    }

    [Fact]
    public async Task What_is_withdrawn_is_not_served_again_before_the_store_was_read()
    {
        var (one, other) = (installation.NewNode(), installation.NewNode());
        var client = await one.NewClient();
        Assert.True((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        Node.Admitted(await one.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
        var snapshots = other.Get<OrganizationSnapshots>();
        var revoked = new Changed<OrgSlug>(client.Org, (await installation.Journal.Organizations.Load(client.Org, CancellationToken.None))!.Version);

        installation.Store.Away = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => snapshots.Withdraw(revoked));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await other.ApiKeys.Verify(new VerifyApiKey(client.Key)));
        installation.Store.Away = false;

        Assert.False((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
    }

    [Fact]
    public async Task A_read_that_began_before_a_withdrawal_does_not_show_what_was_withdrawn()
    {
        var (one, other) = (installation.NewNode(), installation.NewNode());
        var client = await one.NewClient();
        var withdrawn = Task.CompletedTask;
        installation.Store.Organizations.AfterLoad = async _ =>
        {
            installation.Store.Organizations.AfterLoad = _ => Task.CompletedTask;
            Node.Admitted(await one.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
            var stored = await installation.Journal.Organizations.Load(client.Org, CancellationToken.None);
            withdrawn = other.Get<OrganizationSnapshots>().Withdraw(new Changed<OrgSlug>(client.Org, stored!.Version));
        };

        Assert.False((await other.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        await withdrawn;
    }

    [Fact]
    public async Task News_of_a_withdrawal_that_is_known_or_concerns_nobody_here_cost_no_reading()
    {
        var (one, other) = (installation.NewNode(), installation.NewNode());
        var client = await one.NewClient();
        await other.ApiKeys.Verify(new VerifyApiKey(client.Key));
        var version = (await installation.Journal.Organizations.Load(client.Org, CancellationToken.None))!.Version;
        var loads = installation.Store.Organizations.Loads;

        await other.Get<OrganizationSnapshots>().Withdraw(new Changed<OrgSlug>(client.Org, version));
        await installation.NewNode().Get<OrganizationSnapshots>().Withdraw(new Changed<OrgSlug>(client.Org, version));

        Assert.Equal(loads, installation.Store.Organizations.Loads);
    }
}
