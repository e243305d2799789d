using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;
using static Tumbler.Core.Tests.Tokens.Samples;

namespace Tumbler.Core.Tests.Tokens;

/// <summary>Tokens that are of use only together with a certificate (RFC 8705 §3).</summary>
public sealed class BoundTokensTests : IDisposable
{
    private static readonly PrivateKey Signer = Key(JwsAlgorithm.ES256);

    private readonly VerificationKey key = Signer.PublicJwk(Kid(1)).Import();

    public void Dispose() => key.Dispose();

    [Fact]
    public void A_bound_token_gives_back_what_it_is_bound_to()
    {
        var claims = Claims with { CertificateThumbprint = "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2" };
        Assert.Equal(claims.CertificateThumbprint, Accepted(Verify(Token(Signer, Kid(1), claims))).Claims.CertificateThumbprint);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"bwcK\"")]
    [InlineData("{\"jkt\":\"bwcK\"}")]
    [InlineData("{\"x5t#S256\":\"\"}")]
    [InlineData("{\"x5t#S256\":1}")]
    public void One_that_is_bound_to_something_else_is_not_taken_for_a_free_one(string confirmation) => Assert.Equal(
        TokenFault.Malformed,
        Fault(Verify(Sign(
            Signer,
            $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{Kid(1)}}"}""",
            $$"""{"iss":"{{Issuer}}","sub":"s1","aud":"{{Audience}}","client_id":"c1","org":"o1","jti":"j1","iat":1772366400,"nbf":1772366400,"exp":1772366700,"cnf":{{confirmation}}}"""))));

    private TokenVerdict Verify(string token) => AccessTokenVerifier.Verify(token, [key], Expected, Now);
}
