using System.Globalization;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Engine.Tests.Transfer;

public sealed class KeyImportTests : IDisposable
{
    private const string Password = "Schlüssel";
    private const string Kid1 = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private const string Encrypt = "openssl pkcs8 -topk8 -v2 aes-256-cbc -passout file:pw";
    private const string Ec = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    private static readonly RingId Orders = RingId.Parse("orders");

    private readonly Installation installation = new();
    private readonly OpenSsl openssl = new(Password);

    public void Dispose()
    {
        installation.Dispose();
        openssl.Dispose();
    }

    [Theory]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", null, "RS256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:3072", "PS512", "PS512")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", null, "ES256")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-384", null, "ES384")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-521", "ES512", "ES512")]
    public async Task What_OpenSsl_made_is_published_at_once_and_verifies_until_it_expires(string sort, string? asked, string algorithm)
    {
        var node = await installation.StartNode();
        var before = await installation.Ring(RingId.Default);
        foreach (var format in (string[])["pkcs8", "pkcs12"])
        {
            await openssl.Run($"openssl genpkey -algorithm {sort} -out key.pem; openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.der");
            var data = format == "pkcs8"
                ? await openssl.Run($"{Encrypt} -in key.pem")
                : await openssl.Run("openssl req -x509 -new -key key.pem -subj /CN=x -out c.pem; openssl pkcs12 -export -inkey key.pem -in c.pem -passout file:pw | base64 -w0");
            var expiresAt = installation.Clock.Now.AddDays(7);

            var view = Node.Admitted(await node.Transfers.Import(
                RingId.Default, new ImportKey(format, data, Password, Algorithm: asked, ExpiresAt: Text(expiresAt)), Installation.Call()));

            Assert.Equal((algorithm, KeyOrigin.Imported, KeyState.Retired, true), (view.Algorithm.ToString(), view.Origin, view.State, view.Active));
            Assert.Equal((installation.Clock.Now, expiresAt, installation.Clock.Now), (view.PublishedAt, view.ExpiresAt, view.PrivateKeyDestroyedAt));
            Assert.Null((await installation.Ring(RingId.Default)).Find(view.Kid)!.PrivateKey);
            using var original = PrivateKey.ImportPkcs8(view.Algorithm, await File.ReadAllBytesAsync(openssl.PathOf("key.der")));
            Assert.Contains(JwkSet.Parse(node.Jwks().Plain.Span), jwk => jwk.Kid == view.Kid && original.Matches(jwk));
        }

        var after = await installation.Ring(RingId.Default);
        Assert.Equal(before.SignerAt(installation.Clock.Now)!.Kid, after.SignerAt(installation.Clock.Now)!.Kid);
        Assert.Equal([1L, 2, 3, 4], after.Keys.Select(key => key.Ordinal));
        installation.Clock.Now = installation.Clock.Now.AddDays(7);
        Node.Admitted(await node.Rings.Tick(RingId.Default));
        Assert.DoesNotContain(node.PublishedKids(), kid => after.Keys.Skip(2).Any(key => key.Kid == kid));
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_key_that_signs_takes_over_at_once_under_its_old_id()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var earlier = await node.Token(client);
        var data = await openssl.Run($"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 | {Encrypt}");

        var view = Node.Admitted(await node.Transfers.Import(
            RingId.Default, new ImportKey("pkcs8", data, Password, Kid1, Signs: true), Installation.Call()));

        Assert.Equal((Kid1, KeyState.Signing, JwsAlgorithm.RS256), (view.Kid.ToString(), view.State, view.Algorithm));
        Assert.Equal(installation.Clock.Now + TimeSpan.FromHours(25), view.ExpiresAt);
        Assert.Equal(view.Kid, node.Verify(await node.Token(client)).Kid);
        node.Verify(earlier);

        // The key that was to sign next still does, at the instant that verifiers were promised.
        var ring = await installation.Ring(RingId.Default);
        installation.Clock.Now = ring.Keys[1].SignsFrom;
        Assert.Equal(ring.Keys[1].Kid, node.Verify(await node.Token(client)).Kid);
        var entries = Node.Admitted(await node.AuditLog.Query(new AuditQuery())).Items;
        Assert.Contains(entries, entry => (entry.Action, entry.ResourceId, entry.Details.GetValueOrDefault("signs")) == (AuditAction.Create, Kid1, "true"));
        Assert.Contains(entries, entry => entry.Action == AuditAction.Rotate && entry.Details.GetValueOrDefault("mode") == "import");
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task What_one_installation_exported_another_one_takes()
    {
        using var elsewhere = new Installation();
        var (source, target) = (await elsewhere.StartNode(), await installation.StartNode());
        var key = (await elsewhere.Ring(RingId.Default)).Keys[0];
        var token = await source.Token(await source.NewClient());
        foreach (var format in (string[])["pkcs8", "pkcs12"])
        {
            var exported = Node.Admitted(await source.Transfers.Export(RingId.Default, key.Kid, new ExportKey(format, "a long enough password"), Installation.Call()));
            var request = new ImportKey(format, exported.Data, "a long enough password", key.Kid.ToString(), ExpiresAt: Text(installation.Clock.Now.AddDays(1)));
            var imported = await target.Transfers.Import(RingId.Default, request, Installation.Call());

            Assert.Equal(format == "pkcs8" ? null : ErrorCode.AlreadyExists, imported.Refusal?.Code);
            Assert.Equal(key.Kid, target.Verify(token).Kid);
        }
    }

    [Fact]
    public async Task A_repeated_import_answers_as_the_first_and_its_receipt_does_not_depend_on_the_password()
    {
        var node = await installation.StartNode();
        var data = await openssl.Run($"{Ec} | {Encrypt}");
        var request = new ImportKey("pkcs8", data, Password, ExpiresAt: Text(installation.Clock.Now.AddDays(1)));

        var first = Node.Admitted(await node.Transfers.Import(RingId.Default, request, Installation.Call("import-1")));
        var again = Node.Admitted(await node.Transfers.Import(RingId.Default, request, Installation.Call("import-1")));
        var without = await node.Transfers.Import(RingId.Default, request, Installation.Call());

        Assert.Equal(first, again);
        Assert.Equal(ErrorCode.AlreadyExists, without.Refusal?.Code);
        var hash = Assert.Single((await installation.Ring(RingId.Default)).Receipts).RequestHash;
        var other = new Engine.Idempotency.ReceiptBook(Installation.HashKey).Add(
            [], new Engine.Idempotency.RepeatableRequest("keys.import default", request with { Password = null }), first, Installation.Call("x"), installation.Clock.Now);
        Assert.Equal(hash, Assert.Single(other).RequestHash);
        Assert.DoesNotContain(Password, installation.JournalText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo text", "data:format")]
    [InlineData("echo -----BEGIN ENCRYPTED PRIVATE KEY-----; echo AAAA; echo -----END ENCRYPTED PRIVATE KEY-----", "data:format")]
    [InlineData(Ec, "data:encrypted")]
    [InlineData("openssl ecparam -name prime256v1 -genkey -noout", "data:encrypted")]
    [InlineData(Ec + " | openssl pkey -pubout", "data:private_key")]
    [InlineData(Ec + " -out k; openssl req -x509 -new -key k -subj /CN=x", "data:private_key")]
    [InlineData(Ec + " | openssl pkcs8 -topk8 -v2 aes256 -passout pass:another", "password:password")]
    [InlineData(Ec + " | openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout file:pw", "data:encryption_scheme")]
    [InlineData(Ec + " | openssl pkcs8 -topk8 -v2 des3 -passout file:pw", "data:encryption_scheme")]
    [InlineData(Ec + " | openssl pkcs8 -topk8 -v2 aes256 -v2prf hmacWithSHA1 -passout file:pw", "data:encryption_scheme")]
    [InlineData(Ec + " | openssl pkcs8 -topk8 -scrypt -passout file:pw", "data:encryption_scheme")]
    [InlineData("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 | " + Encrypt, "data:curve")]
    [InlineData(Ec + " -pkeyopt ec_param_enc:explicit | " + Encrypt, "data:curve")]
    [InlineData("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 | " + Encrypt, "data:key_size")]
    [InlineData("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3 | " + Encrypt, "data:key_exponent")]
    [InlineData("openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 | " + Encrypt, "data:key_type")]
    [InlineData("openssl genpkey -algorithm ED25519 | " + Encrypt, "data:key_type")]
    [InlineData("openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -out p; openssl genpkey -paramfile p | " + Encrypt, "data:key_type")]
    public async Task A_pkcs8_that_is_not_ours_to_take_is_refused_with_the_rule(string line, string error) =>
        Assert.Equal([error], await Errors(new ImportKey("pkcs8", await openssl.Run(line), Password, ExpiresAt: Tomorrow)));

    [Theory]
    [InlineData("echo 'no base64!'", "data:base64")]
    [InlineData("echo AAAA", "data:format")]
    [InlineData("openssl pkcs12 -export -inkey k -in c -passout file:pw | head -c 500 | base64 -w0", "data:format")]
    [InlineData("openssl pkcs12 -export -inkey k -in c -passout pass:another | base64 -w0", "password:password")]
    [InlineData("openssl pkcs12 -export -nokeys -in c -passout file:pw | base64 -w0", "data:private_key")]
    [InlineData("openssl pkcs12 -export -inkey k -in c -nomac -passout file:pw | base64 -w0", "data:encryption_scheme")]
    [InlineData("openssl pkcs12 -export -inkey k -in c -macalg sha1 -passout file:pw | base64 -w0", "data:encryption_scheme")]
    [InlineData("openssl pkcs12 -export -inkey k -in c -keypbe PBE-SHA1-3DES -passout file:pw | base64 -w0", "data:encryption_scheme")]
    [InlineData("openssl pkcs12 -export -inkey k -in c -keypbe NONE -passout file:pw | base64 -w0", "data:encrypted")]
    public async Task A_pkcs12_that_is_not_ours_to_take_is_refused_with_the_rule(string line, string error)
    {
        await openssl.Run($"{Ec} -out k; openssl req -x509 -new -key k -subj /CN=x -out c");
        Assert.Equal([error], await Errors(new ImportKey("pkcs12", await openssl.Run(line), Password, ExpiresAt: Tomorrow)));
    }

    [Fact]
    public async Task One_that_asks_for_hours_of_work_is_refused_at_once()
    {
        var pem = await openssl.Run($"{Ec} | {Encrypt} -iter 600000 -outform DER | base64 -w0");
        var bytes = Convert.FromBase64String(pem);
        byte[] asked = [2, 3, 0x09, 0x27, 0xC0];
        new byte[] { 2, 3, 0x7F, 0xFF, 0xFF }.CopyTo(bytes, bytes.AsSpan().IndexOf(asked));
        var data = new string(System.Security.Cryptography.PemEncoding.Write("ENCRYPTED PRIVATE KEY", bytes));

        Assert.Equal(["data:encryption_scheme"], await Errors(new ImportKey("pkcs8", data, Password, ExpiresAt: Tomorrow)));
    }

    [Fact]
    public async Task A_wrong_field_is_named_with_its_rule()
    {
        Assert.Equal(["format:required", "data:required", "password:required"], await Errors(new ImportKey()));
        Assert.Equal(
            ["format:one_of", "data:size", "password:password", "kid:uuid", "algorithm:one_of", "expires_at:future_time"],
            await Errors(new ImportKey("jwk", new string('x', 16_385), "line\nbreak", "key-1", "HS256", null, "2020-01-01T00:00:00Z")));
        Assert.Equal(["kid:uuid"], await Errors(new ImportKey("pkcs8", "x", "x", Kid1.ToUpperInvariant())));

        var data = await openssl.Run($"{Ec} | {Encrypt}");
        Assert.Equal(["algorithm:fits_key"], await Errors(new ImportKey("pkcs8", data, Password, Algorithm: "RS256", ExpiresAt: Tomorrow)));
        Assert.Equal(["expires_at:required"], await Errors(new ImportKey("pkcs8", data, Password)));
        Assert.Equal(["expires_at:too_late"], await Errors(new ImportKey("pkcs8", data, Password, ExpiresAt: Text(Installation.Start.AddDays(367)))));
        Assert.Equal(["expires_at:too_early"], await Errors(new ImportKey("pkcs8", data, Password, Signs: true, ExpiresAt: Tomorrow)));
    }

    [Fact]
    public async Task A_key_or_an_id_that_is_there_already_is_refused()
    {
        var node = await installation.StartNode();
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call()));
        var data = await openssl.Run($"{Ec} | {Encrypt}");
        var request = new ImportKey("pkcs8", data, Password, Kid1, ExpiresAt: Tomorrow);
        Node.Admitted(await node.Transfers.Import(Orders, request, Installation.Call()));

        Assert.Equal(ErrorCode.AlreadyExists, (await node.Transfers.Import(Orders, request, Installation.Call())).Refusal?.Code);
        Assert.Contains($"as '{Kid1}'", (await node.Transfers.Import(Orders, request with { Kid = null }, Installation.Call())).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("ring 'orders'", (await node.Transfers.Import(RingId.Default, request, Installation.Call())).Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.NotFound, (await node.Transfers.Import(RingId.Parse("none"), request, Installation.Call())).Refusal?.Code);
        Assert.Equal(3, (await installation.Ring(Orders)).LastOrdinal);
        Assert.Equal(2, (await installation.Ring(RingId.Default)).LastOrdinal);
    }

    private static string Tomorrow => Text(Installation.Start.AddDays(1));

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>None of them names the password.</summary>
    private async Task<IEnumerable<string>> Errors(ImportKey request)
    {
        var node = await installation.StartNode();
        var refusal = (await node.Transfers.Import(RingId.Default, request, Installation.Call())).Refusal;
        Assert.DoesNotContain(Password, refusal!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await installation.Ring(RingId.Default)).LastOrdinal);
        return refusal.Fields.Select(field => $"{field.Field}:{field.Rule}");
    }
}
