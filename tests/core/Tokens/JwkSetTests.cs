using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

public sealed class JwkSetTests
{
    private static readonly Jwk First = Key(JwsAlgorithm.ES256).PublicJwk(Kid(1));
    private static readonly Jwk Second = Key(JwsAlgorithm.RS256).PublicJwk(Kid(2));

    public static TheoryData<string> Bad =>
    [
        "", "[]", "null", "{}", """{"keys":null}""", """{"keys":{}}""", """{"keys":[null]}""", """{"keys":["a"]}""",
        """{"keys":[{}]}""",
        """{"keys":[],"keys":[]}""",
        $$"""{"keys":[{{Json(First)}},{{Json(First)}}]}""",
        $$"""{"keys":[{{Json(First)}},{"kty":"oct","k":"AQAB"}]}""",
        $$"""{"keys":[{{Json(First)}}]}]""",
        $$"""{"Keys":[{{Json(First)}}]}""",
    ];

    [Fact]
    public void A_set_is_its_keys_in_their_order() =>
        Assert.Equal($$"""{"keys":[{{Json(Second)}},{{Json(First)}}]}""", Encoding.UTF8.GetString(JwkSet.Write([Second, First])));

    [Fact]
    public void A_set_reads_back_as_it_was_written()
    {
        Assert.Equal([Second, First], JwkSet.Parse(JwkSet.Write([Second, First])));
        Assert.Empty(JwkSet.Parse(JwkSet.Write([])));
    }

    [Theory, MemberData(nameof(Bad))]
    public void A_set_with_anything_wrong_is_refused_as_a_whole(string json) =>
        Assert.Throws<FormatException>(() => JwkSet.Parse(Encoding.UTF8.GetBytes(json)));
}
