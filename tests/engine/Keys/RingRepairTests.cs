using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Keys;
using Tumbler.Engine.Single;
using Tumbler.Engine.Tests.Protection;
using Tumbler.Storage.Protection;

namespace Tumbler.Engine.Tests.Keys;

/// <summary>What a ring does when somebody or something has changed a stored private key.</summary>
public sealed class RingRepairTests : IDisposable
{
    private static readonly RingId Orders = RingId.Parse("orders");

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Theory]
    [InlineData("the next key's")]
    [InlineData("another ring's")]
    [InlineData("truncated")]
    [InlineData("flipped in the content")]
    [InlineData("flipped in the wrapped key")]
    [InlineData("empty")]
    [InlineData("huge")]
    public async Task A_signing_key_that_is_damaged_never_signs_still_verifies_and_the_next_key_takes_over(string how)
    {
        var before = await installation.StartNode();
        var client = await before.NewClient();
        var token = await before.Token(client);
        var (signer, next) = await Damage(before, 0, how);

        var node = installation.NewNode();
        Assert.Equal(next.Kid, node.Verify(await node.Token(client)).Kid);

        Assert.Equal(signer.Kid, node.Verify(token).Kid);
        var view = Node.Admitted(await node.Rings.Keys(RingId.Default)).Single(key => key.Kid == signer.Kid);
        Assert.Equal((KeyState.Retired, installation.Clock.Now), (view.State, view.PrivateKeyDestroyedAt));
        Assert.Contains("stored", view.Reason, StringComparison.Ordinal);
        Assert.Contains(installation.Log.Lines, line =>
            line.Level == LogLevel.Critical && line.Text.Contains(signer.Kid.ToString(), StringComparison.Ordinal));
        Assert.Equal([1L, 2, 3], (await installation.Ring(RingId.Default)).Keys.Select(key => key.Ordinal));
        Assert.All(await node.Readiness.Check(CancellationToken.None), check => Assert.True(check.Ok, check.Reason));
        var entries = Node.Admitted(await node.AuditLog.Query(new AuditQuery(ResourceId: signer.Kid.ToString(), Action: AuditAction.Update)));
        Assert.Equal("unreadable", Assert.Single(entries.Items).Details["material"]);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Nobody_has_to_ask_for_a_token_before_a_damaged_key_is_replaced()
    {
        var (signer, next) = await Damage(await installation.StartNode(), 0, "truncated");
        var node = installation.NewNode();
        var pulse = node.Get<IEnumerable<IHostedService>>().OfType<SchedulePulse>().Single();

        await pulse.StartAsync(CancellationToken.None);
        await pulse.StopAsync(CancellationToken.None);

        Assert.Equal(next.Kid, Node.Admitted(await node.Rings.Get(RingId.Default)).Status.SigningKid);
        Assert.Contains(signer.Kid, node.PublishedKids());
    }

    [Fact]
    public async Task A_next_key_that_is_damaged_is_replaced_long_before_its_turn()
    {
        var (next, _) = await Damage(await installation.StartNode(), 1, "empty");

        var node = await installation.StartNode();

        var ring = await installation.Ring(RingId.Default);
        Assert.Equal([1L, 2, 3], ring.Keys.Select(key => key.Ordinal));
        Assert.Equal(1, ring.SignerAt(installation.Clock.Now)!.Ordinal);
        Assert.Equal((false, KeyOrigin.Scheduled), (ring.Keys[1].MaySign, ring.Keys[2].Origin));
        Assert.Contains(next.Kid, node.PublishedKids());
        Assert.False(node.Get<Engine.Keys.RingRepair>().IsNeeded(RingId.Default));
    }

    [Fact]
    public async Task A_ring_of_which_every_key_is_damaged_signs_with_a_new_one()
    {
        var before = await installation.StartNode();
        var client = await before.NewClient();
        await Damage(before, 0, "empty");
        await Damage(before, 1, "empty");
        var node = installation.NewNode();

        Assert.NotEqual(default, node.Verify(await node.Token(client)).Kid);

        Assert.Equal(4, (await installation.Ring(RingId.Default)).LastOrdinal);
        Assert.Equal(4, node.PublishedKids().Count);
    }

    [Fact]
    public async Task A_signing_key_without_its_certificate_is_left_alone_and_everybody_is_told()
    {
        var before = await installation.StartNode();
        var client = await before.NewClient();
        var (signer, _) = await Damage(before, 0, "for somebody else");
        var stored = await installation.Ring(RingId.Default);

        var node = installation.NewNode();
        Assert.Equal(OAuthErrorCode.TemporarilyUnavailable, await node.TokenError(client.Request()));

        Assert.Equal(before.PublishedKids(), node.PublishedKids());
        Assert.Equal(stored.AuditHead, (await installation.Ring(RingId.Default)).AuditHead);
        var status = Node.Admitted(await node.Rings.Get(RingId.Default)).Status;
        Assert.Equal(signer.Kid, status.SigningKid);
        Assert.Contains("no certificate that is configured here", status.LastFailure, StringComparison.Ordinal);
        Assert.Equal(["signing", "rotation"], (await node.Readiness.Check(CancellationToken.None)).Where(check => !check.Ok).Select(check => check.Name));
        Assert.Contains(installation.Log.Lines, line =>
            line.Level == LogLevel.Critical && line.Text.Contains(signer.Kid.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rotate")]
    [InlineData("taint")]
    [InlineData("revoke")]
    public async Task The_way_out_is_one_command_even_when_no_stored_key_can_be_used(string command)
    {
        var before = await installation.StartNode();
        var client = await before.NewClient();
        var (signer, _) = await Damage(before, 0, "for somebody else");
        await Damage(before, 1, "for somebody else");
        var node = installation.NewNode();
        Assert.Equal(OAuthErrorCode.TemporarilyUnavailable, await node.TokenError(client.Request()));

        var (call, reason) = (Installation.Call(), new WithdrawKey("certificate lost"));
        Node.Admitted(command switch
        {
            "rotate" => await node.Rings.Rotate(RingId.Default, new RotateRing("immediate"), call),
            "taint" => await node.Rings.Taint(RingId.Default, signer.Kid, reason, call),
            _ => await node.Rings.Revoke(RingId.Default, signer.Kid, reason, call),
        });

        Assert.Equal(3, (await installation.Ring(RingId.Default)).SignerAt(installation.Clock.Now)!.Ordinal);
        node.Verify(await node.Token(client));
        Assert.Equal(command == "revoke", !node.PublishedKids().Contains(signer.Kid));
        installation.Clock.Advance(TimeSpan.FromMinutes(2));
        var status = Node.Admitted(await node.Rings.Tick(RingId.Default));
        Assert.Null(Node.Admitted(await node.Rings.Get(RingId.Default)).Status.LastFailure);
        await node.Poll();
        Assert.All(await node.Readiness.Check(CancellationToken.None), check => Assert.True(check.Ok, check.Reason));
        Assert.NotEqual(signer.Kid, status.SigningKid);
        await installation.AssertAuditVerifies();
    }

    private async Task<(SigningKey Damaged, SigningKey Next)> Damage(Node node, int index, string how)
    {
        var keys = (await installation.Ring(RingId.Default)).Keys;
        var blob = keys[index].PrivateKey!.Cms.ToArray();
        byte[] bytes = how switch
        {
            "the next key's" => keys[index + 1].PrivateKey!.Cms.ToArray(),
            "another ring's" => await OfAnotherRing(node),
            "truncated" => blob[..^1],
            "flipped in the content" => Flipped(blob, blob.Length - 40),
            "flipped in the wrapped key" => Flipped(blob, 300),
            "empty" => [],
            "huge" => new byte[10_000_000],
            "for somebody else" => new CmsKeyProtector([Certificates.Make()]).Protect(Certificates.Protector.Unprotect(keys[index].PrivateKey!)).Cms.ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
        };
        await installation.Tamper(RingId.Default, ring => ring with
        {
            Keys = ring.Keys.Replace(keys[index], keys[index] with { PrivateKey = new ProtectedKey(bytes) }),
        });
        return (keys[index], keys[^1]);
    }

    private async Task<byte[]> OfAnotherRing(Node node)
    {
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call()));
        return (await installation.Ring(Orders)).Keys[0].PrivateKey!.Cms.ToArray();
    }

    private static byte[] Flipped(byte[] blob, int at)
    {
        blob[at] ^= 1;
        return blob;
    }
}
