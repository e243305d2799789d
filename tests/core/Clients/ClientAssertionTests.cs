using System.Text;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Clients;

public sealed class ClientAssertionTests
{
    private static readonly ClientId Id = ClientId.Of(OrgSlug.Parse("acme"), "0123456789abcdefghij");

    private static readonly RegisteredClient Client =
        new(Id, "billing", ClientAuthMethod.PrivateKeyJwt, [], [], Now, Now) { Keys = Keys(JwsAlgorithm.ES256) };

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private static readonly string[] Audiences = [Issuer, $"{Issuer}/oauth2/token"];

    [Fact]
    public void How_far_a_client_s_clock_may_be_off_is_a_setting()
    {
        var assertion = Parsed(Claims($"\"exp\":{Now.ToUnixTimeSeconds() - 10}"));

        Assert.Equal(SecurityReason.ExpiredAssertion, assertion.Fault(Client, Audiences, TimeSpan.FromSeconds(10), Now));
        Assert.Null(assertion.Fault(Client, Audiences, TimeSpan.FromSeconds(11), Now));
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.RS384)]
    [InlineData(JwsAlgorithm.RS512)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.PS384)]
    [InlineData(JwsAlgorithm.PS512)]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.ES384)]
    [InlineData(JwsAlgorithm.ES512)]
    public void A_good_assertion_of_each_algorithm_has_no_fault(JwsAlgorithm algorithm)
    {
        var assertion = Parsed(Claims(), algorithm: algorithm);

        Assert.True(assertion.IsSignedBy(Keys(algorithm)));
        Assert.Null(assertion.Fault(Client, Audiences, Skew, Now));
    }

    [Theory]
    [InlineData("\"iss\":\"someone\"", SecurityReason.WrongAssertionIssuer)]
    [InlineData("\"sub\":\"someone\"", SecurityReason.WrongAssertionIssuer)]
    [InlineData("\"aud\":\"https://other.example\"", SecurityReason.WrongAssertionAudience)]
    [InlineData("\"aud\":\"https://issuer.example/\"", SecurityReason.WrongAssertionAudience)]
    [InlineData("\"aud\":[\"https://issuer.example\",\"https://other.example\"]", SecurityReason.WrongAssertionAudience)]
    [InlineData("\"aud\":[\"https://issuer.example\",\"https://issuer.example/oauth2/token\"]", null)]
    [InlineData("\"aud\":[\"https://issuer.example/oauth2/token\"]", null)]
    [InlineData("\"aud\":\"https://issuer.example/oauth2/token\"", null)]
    public void It_is_from_the_client_and_for_this_server_alone(string claim, SecurityReason? fault) =>
        Assert.Equal(fault, Parsed(Claims(claim)).Fault(Client, Audiences, Skew, Now));

    [Theory]
    [InlineData("exp", -31, SecurityReason.ExpiredAssertion)]
    [InlineData("exp", -30, SecurityReason.ExpiredAssertion)]
    [InlineData("exp", -29, null)]
    [InlineData("exp", 330, null)]
    [InlineData("exp", 331, SecurityReason.LongAssertion)]
    [InlineData("nbf", 30, null)]
    [InlineData("nbf", 31, SecurityReason.AssertionNotYetValid)]
    [InlineData("iat", 30, null)]
    [InlineData("iat", 31, SecurityReason.AssertionNotYetValid)]
    [InlineData("iat", -86400, null)]
    public void Its_time_is_now_give_or_take_thirty_seconds_and_five_minutes_at_most(string claim, int seconds, SecurityReason? fault) =>
        Assert.Equal(fault, Parsed(Claims($"\"{claim}\":{Now.ToUnixTimeSeconds() + seconds}")).Fault(Client, Audiences, Skew, Now));

    [Fact]
    public void It_is_remembered_for_as_long_as_it_is_good()
    {
        var assertion = Parsed(Claims());

        Assert.Null(assertion.Fault(Client, Audiences, Skew, assertion.ForgottenAt(Skew).AddMilliseconds(-1)));
        Assert.Equal(SecurityReason.ExpiredAssertion, assertion.Fault(Client, Audiences, Skew, assertion.ForgottenAt(Skew)));
    }

    [Theory]
    [InlineData("jti")]
    [InlineData("exp")]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    public void A_claim_that_must_be_there_and_is_not_makes_it_none(string claim) =>
        Assert.False(ClientAssertion.TryParse(Signed(Claims(without: claim)), out _));

    [Theory]
    [InlineData("\"jti\":\"\"")]
    [InlineData("\"jti\":7")]
    [InlineData("\"aud\":[]")]
    [InlineData("\"aud\":[5]")]
    [InlineData("\"aud\":{}")]
    [InlineData("\"exp\":\"tomorrow\"")]
    [InlineData("\"exp\":-1")]
    [InlineData("\"exp\":1e300")]
    [InlineData("\"nbf\":null")]
    [InlineData("\"iss\":null")]
    public void A_claim_of_another_type_makes_it_none(string claim) => Assert.False(ClientAssertion.TryParse(Signed(Claims(claim)), out _));

    [Fact]
    public void A_fraction_of_a_second_is_cut_off() =>
        Assert.Equal(Now.AddSeconds(60), Parsed(Claims($"\"exp\":{Now.ToUnixTimeSeconds() + 60}.9")).ExpiresAt);

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"es256"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","b64":false}""")]
    [InlineData("""{"alg":"ES256","alg":"none"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    public void A_header_that_asks_for_something_else_makes_it_none(string header) =>
        Assert.False(ClientAssertion.TryParse(Sign(Key(JwsAlgorithm.ES256), header, Claims()), out _));

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","typ":"client-authentication+jwt","kid":"00000000-0000-4000-8000-000000000001"}""")]
    public void A_header_may_say_what_it_is(string header) =>
        Assert.True(ClientAssertion.TryParse(Sign(Key(JwsAlgorithm.ES256), header, Claims()), out var assertion) && assertion.IsSignedBy(Keys(JwsAlgorithm.ES256)));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("..")]
    [InlineData("é.é.é")]
    public void What_is_no_JWT_is_none(string text) => Assert.False(ClientAssertion.TryParse(text, out _));

    [Fact]
    public void One_that_is_too_long_is_none() =>
        Assert.False(ClientAssertion.TryParse(Signed(Claims($"\"x\":\"{new string('a', 8 * 1024)}\"")), out _));

    [Fact]
    public void A_key_is_found_by_its_kid_and_without_one_among_all_that_fit()
    {
        var (named, nameless) = (Parsed(Claims(), """{"alg":"ES256","kid":"00000000-0000-4000-8000-000000000001"}"""), Parsed(Claims()));
        var stranger = Parsed(Claims(), """{"alg":"ES256","kid":"other"}""");
        var both = Keys(JwsAlgorithm.RS256, JwsAlgorithm.ES256);

        Assert.True(named.IsSignedBy(Keys(JwsAlgorithm.ES256)) && nameless.IsSignedBy(both));
        Assert.False(stranger.IsSignedBy(both) || stranger.NamesAKeyOf(both));

        // The right key under another's name: a kid says which key, not which it might be.
        Assert.False(Parsed(Claims(), """{"alg":"RS256","kid":"00000000-0000-4000-8000-000000000001"}""", JwsAlgorithm.RS256).IsSignedBy(Keys(JwsAlgorithm.ES256)));
    }

    [Fact]
    public void A_changed_assertion_is_signed_by_nobody()
    {
        var parts = Signed(Claims()).Split('.');
        var changed = $"{parts[0]}.{Encode(Claims("\"jti\":\"another\""))}.{parts[2]}";

        Assert.True(ClientAssertion.TryParse(changed, out var assertion));
        Assert.False(assertion.IsSignedBy(Keys(JwsAlgorithm.ES256)));
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(11);
        var keys = Keys(JwsAlgorithm.ES256, JwsAlgorithm.RS256);
        var set = Encoding.UTF8.GetBytes(keys.Json);
        for (var i = 0; i < 2_000; i++)
        {
            var claims = Mutated(Claims(), random);
            if (ClientAssertion.TryParse(Sign(Key(JwsAlgorithm.ES256), Mutated("""{"alg":"ES256","typ":"JWT","kid":"a"}""", random), claims), out var assertion) && i % 50 == 0)
                assertion.IsSignedBy(keys);
            _ = ClientAssertion.TryParse(Mutated(Signed("{}"), random), out _);
            var bytes = set.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ClientKeySet.Fetched(bytes);
            ClientKeySet.Register(bytes, "jwks", out _);
        }
    }

    private static string Mutated(string text, Random random)
    {
        var letters = text.ToCharArray();
        for (var changes = random.Next(3); changes > 0; changes--)
            letters[random.Next(letters.Length)] = (char)random.Next(1, 0x300);
        return new string(letters)[..random.Next(letters.Length / 2, letters.Length + 1)];
    }

    private static ClientAssertion Parsed(string claims, string? header = null, JwsAlgorithm algorithm = JwsAlgorithm.ES256)
    {
        Assert.True(ClientAssertion.TryParse(Signed(claims, header, algorithm), out var assertion));
        return assertion;
    }

    private static string Signed(string claims, string? header = null, JwsAlgorithm algorithm = JwsAlgorithm.ES256) =>
        Sign(Key(algorithm), header ?? $$"""{"alg":"{{algorithm}}"}""", claims);

    /// <param name="other">In the place of the good one of that name.</param>
    private static string Claims(string? other = null, string? without = null)
    {
        string[] good =
        [
            $"\"iss\":\"{Id}\"", $"\"sub\":\"{Id}\"", $"\"aud\":\"{Issuer}\"", "\"jti\":\"1\"",
            $"\"iat\":{Now.ToUnixTimeSeconds()}", $"\"exp\":{Now.ToUnixTimeSeconds() + 60}",
        ];
        var replaced = other?.Split(':')[0] ?? $"\"{without}\"";
        return $"{{{string.Join(',', good.Where(claim => !claim.StartsWith(replaced, StringComparison.Ordinal)).Concat(other is null ? [] : [other]))}}}";
    }

    private static ClientKeySet Keys(params JwsAlgorithm[] algorithms) => ClientKeySet.Register(
        Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', algorithms.Select((algorithm, i) => Json(Key(algorithm).PublicJwk(Kid(algorithms.Length - i)))))}}]}"""),
        "jwks",
        out _)!;
}
