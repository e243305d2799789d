using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S1_Foreign_libraries_verify_our_tokens(StoryRun run)
{
    private const string Audience = "https://invoices.example";

    /// <summary>The ring's algorithm and size, and how openssl describes such a key.</summary>
    public static TheoryData<string, int?, string> Rings => StoryRun.Long
        ? new()
        {
            { "RS256", 2048, "(2048 bit)" }, { "RS384", 2048, "(2048 bit)" }, { "RS512", 2048, "(2048 bit)" },
            { "PS256", 2048, "(2048 bit)" }, { "PS384", 2048, "(2048 bit)" }, { "PS512", 2048, "(2048 bit)" },
            { "RS256", 3072, "(3072 bit)" }, { "RS256", 4096, "(4096 bit)" }, { "PS256", 4096, "(4096 bit)" },
            { "ES256", null, "NIST CURVE: P-256" }, { "ES384", null, "NIST CURVE: P-384" }, { "ES512", null, "NIST CURVE: P-521" },
        }
        : new() { { "RS256", 2048, "(2048 bit)" }, { "ES256", null, "NIST CURVE: P-256" } };

    [Theory, MemberData(nameof(Rings))]
    public async Task Whoever_knows_the_issuer_can_verify_its_tokens(string algorithm, int? rsaBits, string description)
    {
        using var home = new SiloHome(run, $"foreign-{algorithm}-{rsaBits}");
        // Everything there is to log: the last story reads it.
        await using var silo = await home.Start("--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace");
        const string path = "/rings/partners";
        await silo.Admin.PutRing("partners", rsaBits is null ? new { algorithm } : new { algorithm, rsa_bits = rsaBits });
        await silo.Admin.CreateOrganization("acme");
        var client = await silo.Admin.CreateApiKey("acme", Audience);
        var issuer = (await silo.Http.Get<Metadata>($"{path}/.well-known/openid-configuration")).Issuer;
        Assert.Equal($"{home.Issuer}{path}", issuer);

        await using var jose = new Jose(run);
        await using var python = new PyJwt(run);
        Token[] tokens = [await silo.Tokens.ByBasic(client, $"{path}/oauth2/token"), await silo.Tokens.ByPost(client, $"{path}/oauth2/token")];
        foreach (var token in tokens)
        {
            Assert.Equal(algorithm, token.Algorithm);
            Assert.Equal(new Verdict(true, null), await jose.Remote(token.Text, issuer, Audience));
            Assert.Equal(new Verdict(true, null), await python.Remote(token.Text, algorithm, issuer, Audience));

            Assert.StartsWith("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", (await jose.Remote(token.Tampered(), issuer, Audience)).Error, StringComparison.Ordinal);
            Assert.StartsWith("InvalidSignatureError", (await python.Remote(token.Tampered(), algorithm, issuer, Audience)).Error, StringComparison.Ordinal);
            Assert.StartsWith("ERR_JWT_CLAIM_VALIDATION_FAILED", (await jose.Remote(token.Text, issuer, "https://other.example")).Error, StringComparison.Ordinal);
            Assert.StartsWith("InvalidAudienceError", (await python.Remote(token.Text, algorithm, issuer, "https://other.example")).Error, StringComparison.Ordinal);
        }

        var keys = await jose.Pem(await silo.Http.GetText($"{path}/.well-known/jwks.json"));
        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            var described = await OpenSsl.Describe(key);
            Assert.Contains(description, described, StringComparison.Ordinal);
            Assert.Contains("Key is valid", described, StringComparison.Ordinal);
        }
    }

    private sealed record Metadata(string Issuer);
}
