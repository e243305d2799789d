using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Tokens;

namespace Tumbler.Engine.Tests.Tokens;

public sealed class TokenVerifierTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task A_token_of_its_ring_is_taken_with_everything_it_says()
    {
        var node = await installation.StartNode();
        var token = await node.Token(await node.NewClient());

        var verified = await Taken(node, token);

        Assert.Equal(node.Verify(token).Claims.TokenId, verified.Claims.TokenId);
        Assert.Equal((await installation.Ring(RingId.Default)).SignerAt(installation.Clock.Now)!.Kid, verified.Kid);
    }

    [Fact]
    public async Task Another_rings_token_or_audience_is_refused()
    {
        var node = await installation.StartNode();
        var other = RingId.Parse("other");
        Node.Admitted(await node.Rings.Put(other, new PutRing(Algorithm: "ES256"), Installation.Call()));
        var token = await node.Token(await node.NewClient());

        Assert.Equal(TokenFault.UnknownKey, await Fault(node, token, other));
        Assert.Equal(TokenFault.UnknownKey, await Fault(node, token, RingId.Parse("nowhere")));
        Assert.Equal(TokenFault.WrongAudience, await Fault(node, token, audience: "https://elsewhere.example"));
        Assert.Equal(TokenFault.BadSignature, await Fault(node, token[..^8] + "AAAAAAAA"));
        await Taken(node, token, Installation.Issuer);
    }

    [Fact]
    public async Task A_token_is_taken_until_the_skew_after_its_end_and_from_the_skew_before_its_beginning()
    {
        var node = await installation.StartNode();
        var token = await node.Token(await node.NewClient());
        var (issued, ends) = (installation.Clock.Now, installation.Clock.Now.AddMinutes(5));

        installation.Clock.Now = ends.AddSeconds(30).AddTicks(-1);
        await Taken(node, token);
        installation.Clock.Now = ends.AddSeconds(30);
        Assert.Equal(TokenFault.Expired, await Fault(node, token));
        installation.Clock.Now = issued.AddSeconds(-30);
        await Taken(node, token);
        installation.Clock.Now = issued.AddSeconds(-30).AddTicks(-1);
        Assert.Equal(TokenFault.NotYetValid, await Fault(node, token));
    }

    [Fact]
    public async Task A_token_of_a_key_that_no_longer_signs_is_taken_and_of_a_revoked_one_refused()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var token = await node.Token(client);
        var kid = node.Verify(token).Kid;

        Node.Admitted(await node.Rings.Rotate(RingId.Default, new RotateRing("immediate"), Installation.Call()));
        await Taken(node, token);
        Node.Admitted(await node.Rings.Revoke(RingId.Default, kid, new WithdrawKey(), Installation.Call()));

        Assert.Equal(TokenFault.UnknownKey, await Fault(node, token));
        await Taken(node, await node.Token(client));
    }

    [Fact]
    public async Task In_the_steady_state_the_verdict_is_there_at_once()
    {
        var node = await installation.StartNode();
        var token = await node.Token(await node.NewClient());
        installation.Store.Away = true;

        Assert.True((await Node.AtOnce(node.Get<TokenVerifier>().Verify(RingId.Default, token))).TryGet(out _, out _));
    }

    private static async Task<VerifiedToken> Taken(Node node, string token, string? audience = null)
    {
        Assert.True((await node.Get<TokenVerifier>().Verify(RingId.Default, token, audience)).TryGet(out var verified, out var fault), fault.ToString());
        return verified;
    }

    private static async Task<TokenFault?> Fault(Node node, string token, RingId? ring = null, string? audience = null)
    {
        (await node.Get<TokenVerifier>().Verify(ring ?? RingId.Default, token, audience)).TryGet(out _, out var fault);
        return fault;
    }
}
