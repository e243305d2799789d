using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Snapshots;

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
        var old = (await installation.Journal.Organizations.Load(client.Org, CancellationToken.None))!;
        Node.Admitted(await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));

        var shown = node.Get<OrganizationSnapshots>().Apply(old);

        Assert.True(shown.Version > old.Version);
        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
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
}
