using System.Text;
using System.Text.Json.Nodes;
using Tumbler.Client.Revocations;
using Tumbler.Client.Tests.Issuers;

namespace Tumbler.Client.Tests.Revocations;

public sealed class KillListTests
{
    private const string Issuer = "https://tokens.example";

    private static readonly DateTimeOffset Now = Verifiers.Noon;

    [Fact]
    public void A_whole_list_takes_the_place_of_the_one_before()
    {
        var list = KillList.Empty.With(Whole(3, ("kid", "a"), ("kid", "b")), Now).With(Whole(4, ("kid", "b")), Now);

        Assert.False(list.HasKey("a", Now));
        Assert.True(list.HasKey("b", Now));
        Assert.Equal(4, list.Number);
    }

    [Fact]
    public void A_whole_list_that_is_older_brings_nothing_back()
    {
        var list = KillList.Empty.With(Whole(3, ("kid", "a")), Now).With(Whole(2, ("kid", "b")), Now);

        Assert.True(list.HasKey("a", Now));
        Assert.True(list.HasKey("b", Now));
        Assert.Equal(2, list.Number);
    }

    [Fact]
    public void A_part_adds_and_lifts()
    {
        var list = KillList.Empty.With(Whole(3, ("kid", "a"), ("kid", "b")), Now).With(Delta(3, 5, [("kid", "c")], ("kid", "a")), Now);

        Assert.False(list.HasKey("a", Now));
        Assert.True(list.HasKey("b", Now));
        Assert.True(list.HasKey("c", Now));
        Assert.Equal(5, list.Number);
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void What_nothing_can_rest_on_any_more_is_forgotten()
    {
        var list = KillList.Empty.With(Whole(3, ("kid", "a")), Now);

        Assert.True(list.HasKey("a", Now.AddSeconds(86_699)));
        Assert.False(list.HasKey("a", Now.AddSeconds(86_700)));
        Assert.Equal(0, list.With(Delta(3, 4, []), Now.AddDays(2)).Count);
    }

    [Fact]
    public void A_kind_that_is_not_known_is_passed_over() =>
        Assert.NotNull(Read(TestLists.Whole(Issuer, Now, 1).With("revoked", new JsonObject { ["country"] = new JsonObject { ["xx"] = "for ever" } }).ToJsonString()));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"iss":"https://tokens.example","exp":1900000000,"number":1}""")]
    [InlineData("""{"iss":"https://tokens.example","exp":1900000000,"number":"1","revoked":{}}""")]
    [InlineData("""{"iss":"https://tokens.example","exp":1900000000,"number":-1,"revoked":{}}""")]
    [InlineData("""{"iss":"https://tokens.example","exp":1e300,"number":1,"revoked":{}}""")]
    [InlineData("""{"iss":"https://tokens.example","exp":1900000000,"number":1,"since":"0","revoked":{}}""")]
    [InlineData("""{"iss":"https://tokens.example","exp":1900000000,"number":1,"revoked":[]}""")]
    [InlineData("""{"iss":"https://tokens.example","exp":1900000000,"number":1,"revoked":{"kid":["a"]}}""")]
    [InlineData("""{"iss":"https://tokens.example","exp":1900000000,"number":1,"revoked":{"kid":{"a":"b"}}}""")]
    public void What_is_no_list_is_refused(string claims) => Assert.Null(Read(claims));

    [Theory]
    [InlineData("https://h.example", "https://h.example/api/v1/revocations/default")]
    [InlineData("https://h.example/", "https://h.example/api/v1/revocations/default")]
    [InlineData("https://h.example/base", "https://h.example/base/api/v1/revocations/default")]
    [InlineData("https://h.example/rings/orders", "https://h.example/api/v1/revocations/orders")]
    [InlineData("https://h.example/base/rings/orders", "https://h.example/base/api/v1/revocations/orders")]
    public void A_ring_s_list_is_where_the_server_has_it(string issuer, string url)
    {
        Assert.Equal(url, KillListAddress.Derived(issuer).AbsoluteUri);
        Assert.Equal($"{url}/events", KillListAddress.Events(new Uri(url)).AbsoluteUri);
        Assert.Equal($"{url}?since=7", KillListAddress.Since(new Uri(url), 7).AbsoluteUri);
    }

    private static KillListDocument Whole(long number, params (string Kind, string Id)[] revoked) =>
        Read(TestLists.Whole(Issuer, Now, number, revoked).ToJsonString())!;

    private static KillListDocument Delta(long since, long number, (string Kind, string Id)[] revoked, params (string Kind, string Id)[] lifted) =>
        Read(TestLists.Delta(Issuer, Now, since, number, revoked, lifted).ToJsonString())!;

    private static KillListDocument? Read(string claims) => KillListDocument.Read(Encoding.UTF8.GetBytes(claims));
}
