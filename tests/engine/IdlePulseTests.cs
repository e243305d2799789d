using System.Collections.Frozen;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Engine.Tests;

public sealed class IdlePulseTests : IDisposable
{
    private static readonly RingId Orders = RingId.Parse("orders");

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task What_nobody_has_used_for_ten_minutes_is_let_go_of_and_read_anew_when_it_is_used()
    {
        var node = await Start();
        var client = await node.NewClient();
        await node.Token(client, Orders);

        Beats(node, 10);
        Assert.True(node.Snapshots.TryGet(Orders, out _));
        Beats(node, 1);

        Assert.False(node.Snapshots.TryGet(Orders, out _));
        var (rings, organizations) = (installation.Store.Rings.Loads, installation.Store.Organizations.Loads);
        node.Verify(await node.Token(client, Orders), Orders);
        Assert.Equal((rings + 1, organizations + 1), (installation.Store.Rings.Loads, installation.Store.Organizations.Loads));
    }

    [Fact]
    public async Task What_is_used_now_and_then_stays_and_so_do_the_default_ring_and_those_of_the_configuration()
    {
        var configured = RingId.Parse("configured");
        var node = await installation.StartNode(new Dictionary<RingId, PutRing>(Installation.FastKeys) { [configured] = new("ES256") }.ToFrozenDictionary());
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call()));
        var client = await node.NewClient();
        await node.Token(client, Orders);
        var (rings, organizations) = (installation.Store.Rings.Loads, installation.Store.Organizations.Loads);

        for (var i = 0; i < 10; i++)
        {
            Beats(node, 9);
            await node.Token(client, Orders);
        }

        Assert.Equal((rings, organizations), (installation.Store.Rings.Loads, installation.Store.Organizations.Loads));
        Beats(node, 100);
        Assert.True(node.Snapshots.TryGet(RingId.Default, out _));
        Assert.True(node.Snapshots.TryGet(configured, out _));
        Assert.False(node.Snapshots.TryGet(Orders, out _));
    }

    [Fact]
    public async Task News_of_a_ring_are_no_use_of_it()
    {
        var node = await Start();
        await node.Snapshots.Find(Orders);

        for (var i = 0; i < 11; i++)
        {
            Node.Admitted(await node.Rings.Rotate(Orders, new RotateRing("immediate"), Installation.Call()));
            Beats(node, 1);
        }

        Assert.False(node.Snapshots.TryGet(Orders, out _));
    }

    [Fact]
    public async Task Private_keys_that_were_let_go_of_are_destroyed_a_minute_later_when_nobody_can_be_signing()
    {
        var node = await Start();
        var signer = (await node.Snapshots.Find(Orders))!.At(installation.Clock.Now).Signer!;
        Beats(node, 11);
        Assert.False(node.Snapshots.TryGet(Orders, out _));

        // Whoever had found it just before still signs.
        Assert.NotEmpty(signer.Sign(Claims()));
        Beats(node, 1);
        Assert.Throws<ObjectDisposedException>(() => signer.Sign(Claims()));

        node.Verify(await node.Token(await node.NewClient(), Orders), Orders);
    }

    [Fact]
    public async Task While_nothing_is_heard_nothing_is_let_go_of_because_it_could_not_be_read_anew()
    {
        var node = await Start();
        var client = await node.NewClient();
        await node.Token(client, Orders);
        installation.Store.Away = true;
        await node.Poll();
        installation.Clock.Advance(TimeSpan.FromSeconds(3));

        Beats(node, 60);

        await Node.AtOnce(node.Tokens.Issue(Orders, client.Request()));
        installation.Store.Away = false;
        await node.Poll();
        Beats(node, 11);
        Assert.False(node.Snapshots.TryGet(Orders, out _));
    }

    [Fact]
    public async Task A_keeper_is_let_go_of_after_a_minute_and_the_next_change_reads_again()
    {
        var node = await Start();
        Beats(node, 1);
        var loads = installation.Store.Rings.Loads;
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES256", Interval: "PT20H"), Installation.Call()));
        Assert.Equal(loads, installation.Store.Rings.Loads);

        Beats(node, 2);
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES256", Interval: "PT21H"), Installation.Call()));

        Assert.Equal(loads + 1, installation.Store.Rings.Loads);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task When_a_key_was_used_is_remembered_although_its_organization_is_let_go_of()
    {
        var node = await Start();
        var client = await node.NewClient();
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
        var used = installation.Clock.Now;

        Beats(node, 100);

        var key = Assert.Single(Node.Admitted(await node.ApiKeys.List(client.Org, new Contracts.Paging.PageRequest())).Items);
        Assert.Equal(used, key.LastUsedAt);
    }

    private async Task<Node> Start()
    {
        var node = await installation.StartNode();
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call()));
        return node;
    }

    private static void Beats(Node node, int beats)
    {
        for (var beat = 0; beat < beats; beat++)
            node.Get<IdlePulse>().DropUnused();
    }

    private static AccessTokenClaims Claims() => new(
        "i", "s", ["a"], "c", "", "o", "t", Installation.Start, Installation.Start, Installation.Start.AddMinutes(1));
}
