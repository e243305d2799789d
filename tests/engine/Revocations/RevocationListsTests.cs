using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Revocations;

namespace Tumbler.Engine.Tests.Revocations;

public sealed class RevocationListsTests : IAsyncLifetime
{
    private static readonly RingId Orders = RingId.Parse("orders");

    private readonly Installation installation = new();
    private Node node = null!;
    private Client client = null!;

    private IRevocationLists Lists => node.Get<IRevocationLists>();

    public async ValueTask InitializeAsync()
    {
        node = await installation.StartNode();
        client = await node.NewClient();
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES384"), Installation.Call()));
        await node.Poll();
    }

    public ValueTask DisposeAsync()
    {
        installation.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_empty_list_is_signed_by_the_ring_and_says_until_when_it_is_believed()
    {
        var list = Read(await Get(Orders), Orders);

        Assert.Equal("https://issuer.example/rings/orders", list.GetProperty("iss").GetString());
        Assert.Equal(installation.Clock.Now.ToUnixTimeSeconds(), list.GetProperty("iat").GetInt64());
        Assert.Equal(installation.Clock.Now.AddMinutes(5).ToUnixTimeSeconds(), list.GetProperty("exp").GetInt64());
        Assert.Equal(0, list.GetProperty("number").GetInt64());
        Assert.Empty(Revoked(list));
    }

    [Fact]
    public async Task It_names_what_concerns_the_ring_and_nothing_else()
    {
        var (token, kid) = (await node.Token(client), node.Verify(await node.Token(client)).Kid);
        var other = node.Verify(await node.Token(client, Orders), Orders).Claims.TokenId;
        var jti = await RevokeToken(token, RingId.Default);
        await RevokeToken(await node.Token(client, Orders), Orders);
        Node.Admitted(await node.Rings.Revoke(RingId.Default, kid, new WithdrawKey(), Installation.Call()));
        Node.Admitted(await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));
        Node.Admitted(await node.Organizations.Delete(client.Org, Installation.Call()));
        await node.Poll();

        Assert.Equal([$"client_id {client.Id}", $"jti {jti}", $"kid {kid}", "org acme"], Revoked(Read(await Get(RingId.Default))));
        var orders = Revoked(Read(await Get(Orders), Orders));
        Assert.Equal([$"client_id {client.Id}", "org acme"], orders.Where(each => !each.StartsWith("jti", StringComparison.Ordinal)));
        Assert.DoesNotContain(orders, each => each.Contains(jti, StringComparison.Ordinal) || each.Contains(other, StringComparison.Ordinal));
        Assert.Single(orders, each => each.StartsWith("jti", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_revoked_signing_key_s_successor_signs_the_list_that_names_it()
    {
        var before = Kid(await Get(RingId.Default));
        Node.Admitted(await node.Rings.Revoke(RingId.Default, before, new WithdrawKey(), Installation.Call()));
        await node.Poll();

        var list = await Get(RingId.Default);

        Assert.NotEqual(before, Kid(list));
        Assert.Equal([$"kid {before}"], Revoked(Read(list)));
    }

    [Fact]
    public async Task A_key_that_the_feed_knows_to_be_revoked_signs_no_list_even_where_its_ring_does_not_say_so_yet()
    {
        var other = await installation.StartNode();
        await other.Get<IRevocationLists>().Get(RingId.Default, null);
        var kid = other.Snapshots.TryGet(RingId.Default, out var shown) ? shown.At(installation.Clock.Now).Signer!.Kid : default;
        await node.Revoke(RingId.Default, kid);
        installation.Store.Rings.FailLoads = 1;
        await other.Poll();

        Assert.Equal(ErrorCode.Unavailable, (await other.Get<IRevocationLists>().Get(RingId.Default, null)).Refusal?.Code);

        await other.Poll();
        Assert.True((await other.Get<IRevocationLists>().Get(RingId.Default, null)).Succeeded);
    }

    [Fact]
    public async Task It_is_signed_once_for_all_until_something_of_the_ring_changes_or_a_minute_is_over()
    {
        var first = await Get(RingId.Default);
        await RevokeToken(await node.Token(client, Orders), Orders);
        await node.Poll();
        Assert.Same(first, await Get(RingId.Default));
        Assert.True(Lists.HasNews(Orders, 0));
        Assert.False(Lists.HasNews(RingId.Default, 0));

        installation.Clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.Same(first, await Get(RingId.Default));
        installation.Clock.Advance(TimeSpan.FromTicks(1));
        var fresh = await Get(RingId.Default);
        Assert.NotEqual(first.ETag, fresh.ETag);

        await RevokeToken(await node.Token(client), RingId.Default);
        await node.Poll();
        Assert.Equal(2, (await Get(RingId.Default)).Number);
        Assert.NotEqual(fresh.ETag, (await Get(RingId.Default)).ETag);
    }

    [Fact]
    public async Task Who_knows_a_number_gets_what_came_after_it_and_who_knows_one_that_never_was_gets_all()
    {
        var first = await RevokeToken(await node.Token(client), RingId.Default);
        var second = await RevokeToken(await node.Token(client), RingId.Default);
        await node.Poll();

        Assert.Equal([$"jti {second}"], Revoked(Read(await Get(RingId.Default, since: 1))));
        Assert.Empty(Revoked(Read(await Get(RingId.Default, since: 2))));
        Assert.Equal(new[] { $"jti {first}", $"jti {second}" }.Order(), Revoked(Read(await Get(RingId.Default, since: 3))));
        Assert.Null((await Get(RingId.Default, since: 3)).Since);
        Assert.Same(await Get(RingId.Default, since: 1), await Get(RingId.Default, since: 1));
    }

    [Fact]
    public async Task Numbers_between_two_entries_of_the_ring_are_the_same_to_it()
    {
        var first = await RevokeToken(await node.Token(client), RingId.Default);
        for (var n = 0; n < 3; n++)
            await RevokeToken(await node.Token(client, Orders), Orders);
        await RevokeToken(await node.Token(client), RingId.Default);
        await node.Poll();

        var since = await Get(RingId.Default, since: 1);
        foreach (var number in (long[])[2, 3, 4])
            Assert.Same(since, await Get(RingId.Default, number));
        Assert.Equal((1, 5), (since.Since, since.Number));
        Assert.DoesNotContain($"jti {first}", Revoked(Read(since)));
        Assert.NotSame(since, await Get(RingId.Default, since: 5));
        Assert.Same(since, await Get(RingId.Default, since: 1));
    }

    [Fact]
    public async Task What_is_over_is_on_no_list()
    {
        await RevokeToken(await node.Token(client), RingId.Default);
        await node.Poll();

        installation.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Single(Revoked(Read(await Get(RingId.Default))));
        installation.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(Revoked(Read(await Get(RingId.Default))));
        await node.Poll();
        Assert.Equal((0, 1), (node.Get<LiveRevocations>().Now.Feed.Count, (int)node.Get<LiveRevocations>().Now.Feed.Last));
    }

    [Fact]
    public async Task There_is_none_of_a_ring_that_does_not_exist() =>
        Assert.Equal(ErrorCode.NotFound, (await Lists.Get(RingId.Parse("nowhere"), null)).Refusal?.Code);

    [Fact]
    public async Task A_list_is_never_taken_for_a_token()
    {
        var keys = JwkSet.Parse(node.Jwks().Plain.Span).Select(jwk => jwk.Import()).ToArray();

        var verdict = AccessTokenVerifier.Verify(
            (await Get(RingId.Default)).Jwt, keys, new AccessTokenExpectations(Installation.Issuer), installation.Clock.Now);

        Assert.False(verdict.TryGet(out _, out var fault));
        Assert.Equal(TokenFault.WrongType, fault);
    }

    private async Task<SignedList> Get(RingId ring, long? since = null) => Node.Admitted(await Lists.Get(ring, since));

    private async Task<string> RevokeToken(string token, RingId ring)
    {
        var claims = node.Verify(token, ring).Claims;
        var question = new TokenQuestion(null, token, new RequestOrigin("request-1", "local", "-"));
        Assert.Null((await node.Get<ITokenInspection>().Revoke(ring, question, Installation.Call()))!.Error);
        return claims.TokenId;
    }

    /// <summary>As a verifier reads it: signature and type first.</summary>
    private JsonElement Read(SignedList list, RingId? ring = null)
    {
        var bytes = Encoding.ASCII.GetBytes(list.Jwt);
        Assert.True(JwsOf(list, out var payload, out var type));
        Assert.Equal("revocations+jwt", type);
        var kid = Kid(list);
        var key = JwkSet.Parse(node.Jwks(ring).Plain.Span).Single(jwk => jwk.Kid == kid).Import();
        var end = list.Jwt.LastIndexOf('.');
        Assert.True(key.Verify(bytes.AsSpan(0, end), Base64Url.DecodeFromChars(list.Jwt.AsSpan(end + 1))));
        return JsonElement.Parse(payload);
    }

    private static bool JwsOf(SignedList list, out byte[] payload, out string? type)
    {
        var parts = list.Jwt.Split('.');
        (payload, type) = (Base64Url.DecodeFromChars(parts[1]), Header(list).GetProperty("typ").GetString());
        return parts.Length == 3;
    }

    private static Kid Kid(SignedList list) => Contracts.Keys.Kid.Parse(Header(list).GetProperty("kid").GetString()!);

    private static JsonElement Header(SignedList list) => JsonElement.Parse(Base64Url.DecodeFromChars(list.Jwt.Split('.')[0]));

    private static IEnumerable<string> Revoked(JsonElement list) =>
        from kind in list.GetProperty("revoked").EnumerateObject()
        from entry in kind.Value.EnumerateObject()
        orderby kind.Name, entry.Name
        select $"{kind.Name} {entry.Name}";
}
