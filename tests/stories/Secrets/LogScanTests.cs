using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Stories.Tests.Secrets;

/// <summary>The last story's scan can fail.</summary>
public sealed class LogScanTests : IDisposable
{
    private const string Secret = "acme_api_Zm9yLXRlc3RzLW9ubHktbm90LWEta2V5";

    private readonly string log = Path.GetTempFileName();
    private readonly LogScan scan;

    public LogScanTests()
    {
        var secrets = new SecretsSeen();
        secrets.Add(Secret);
        scan = new LogScan(secrets.Parts);
    }

    public void Dispose() => File.Delete(log);

    [Fact]
    public void A_secret_of_the_run_is_found_wherever_it_stands_and_not_repeated()
    {
        File.WriteAllLines(log, ["info: all is well", $"warn: refused 'X-API-Key: {Secret}'", $"and its tail {Secret[15..]}"]);

        var name = Path.GetFileName(log);
        Assert.Equal([$"{name}, line 2: a secret of this run", $"{name}, line 3: a secret of this run"], scan.Faults(log));
    }

    [Fact]
    public void The_last_four_characters_may_be_shown()
    {
        Assert.Null(scan.Fault($"New admin key: …{Secret[^4..]} (in /data/admin.key)"));
    }

    [Fact]
    public void Private_keys_and_tokens_are_found_by_their_form()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var d = Base64Url.EncodeToString(ec.ExportParameters(true).D);
        var token = $"{Part("""{"alg":"ES256"}""")}.{Part("""{"sub":"somebody"}""")}.{d}";

        Assert.Equal("a private key in PEM", scan.Fault(rsa.ExportPkcs8PrivateKeyPem().Split('\n')[0]));
        Assert.Equal("what looks like a key in DER", scan.Fault($"key {Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())}"));
        Assert.Equal("what looks like a key in DER", scan.Fault(Convert.ToBase64String(ec.ExportPkcs8PrivateKey())));
        Assert.Equal("what looks like an API key", scan.Fault($"refused {new string('a', 3)}_api_{new string('0', 38)}"));
        Assert.Equal("a private JWK", scan.Fault($$"""{"kty":"EC","d":"{{d}}"}"""));
        Assert.Equal("what looks like a JWT", scan.Fault($"authorization: Bearer {token}"));
    }

    [Fact]
    public void Ordinary_lines_are_left_alone()
    {
        Assert.Null(scan.Fault("12:00:00.000 info: Ring default: signing key 5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51, next switch at 2026-01-01T00:00:00Z"));
        Assert.Null(scan.Fault("""{"kty":"RSA","n":"sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1Wl","e":"AQAB"}"""));
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(json));
}
