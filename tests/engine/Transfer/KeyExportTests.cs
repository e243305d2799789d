using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Transfer;

public sealed class KeyExportTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private static readonly RingId Orders = RingId.Parse("orders");

    private readonly Installation installation = new();
    private readonly OpenSsl openssl = new(Password);

    public void Dispose()
    {
        installation.Dispose();
        openssl.Dispose();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    [InlineData("ES512")]
    public async Task OpenSsl_reads_an_exported_pkcs8(string algorithm)
    {
        var (node, key) = await NewRing(algorithm);

        var exported = Node.Admitted(await node.Transfers.Export(Orders, key.Kid, new ExportKey("pkcs8", Password), Installation.Call()));

        Assert.Equal((Orders, key.Kid, algorithm, KeyFormat.Pkcs8), (exported.Ring, exported.Kid, exported.Algorithm.ToString(), exported.Format));
        await File.WriteAllTextAsync(openssl.PathOf("key.pem"), exported.Data);
        await openssl.Run("openssl pkcs8 -in key.pem -passin file:pw -topk8 -nocrypt -outform DER -out key.der");
        await AssertIs(key);
        var structure = await openssl.Run("openssl asn1parse -in key.pem");
        Assert.All(["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", $":{600_000:X6}"], part => Assert.Contains(part, structure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES384")]
    public async Task OpenSsl_reads_an_exported_pkcs12(string algorithm)
    {
        var (node, key) = await NewRing(algorithm);

        var exported = Node.Admitted(await node.Transfers.Export(Orders, key.Kid, new ExportKey("pkcs12", Password), Installation.Call()));

        await File.WriteAllBytesAsync(openssl.PathOf("key.p12"), Convert.FromBase64String(exported.Data));
        var info = await openssl.Run("openssl pkcs12 -in key.p12 -passin file:pw -info -noout");
        Assert.Contains("MAC: sha256, Iteration 300000", info, StringComparison.Ordinal);
        Assert.Equal(2, info.Split("PBES2, PBKDF2, AES-256-CBC, Iteration 300000, PRF hmacWithSHA256").Length - 1);
        await openssl.Run("openssl pkcs12 -in key.p12 -passin file:pw -nodes -nocerts | openssl pkcs8 -topk8 -nocrypt -outform DER -out key.der");
        await AssertIs(key);
        var certificate = await openssl.Run("openssl pkcs12 -in key.p12 -passin file:pw -nokeys | openssl x509 -noout -subject; openssl pkcs12 -in key.p12 -passin file:pw -nokeys | openssl x509 >c.pem; openssl verify -CAfile c.pem -attime $(date -d 2026-03-01T13:00:00Z +%s) c.pem");
        Assert.Contains(key.Kid.ToString(), certificate, StringComparison.Ordinal);
        Assert.Contains("c.pem: OK", certificate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_in_the_log_with_who_what_and_how_and_nowhere_else()
    {
        var (node, key) = await NewRing("ES256");
        var before = await installation.Ring(Orders);

        var exported = Node.Admitted(await node.Transfers.Export(Orders, key.Kid, new ExportKey("pkcs8", Password), Installation.Call("an-idempotency-key")));
        var again = Node.Admitted(await node.Transfers.Export(Orders, key.Kid, new ExportKey("pkcs12", Password), Installation.Call("an-idempotency-key")));

        var entries = Node.Admitted(await node.AuditLog.Query(new AuditQuery(Action: AuditAction.Execute))).Items;
        Assert.Equal(
            [(AuditResource.SigningKey, key.Kid.ToString(), "bootstrap", "export", "pkcs12"), (AuditResource.SigningKey, key.Kid.ToString(), "bootstrap", "export", "pkcs8")],
            entries.Select(entry => (entry.ResourceType, entry.ResourceId, entry.Actor.Id, entry.Details["operation"], entry.Details["format"])));
        var after = await installation.Ring(Orders);
        Assert.Equal(before.Receipts, after.Receipts);
        Assert.Equal(before.Keys, after.Keys);
        Assert.NotEqual(exported.Data, again.Data);
        await installation.AssertAuditVerifies();

        var lines = string.Join('\n', installation.Log.Lines.Select(line => line.Text)) + installation.JournalText();
        var pem = exported.Data.Split('\n')[1];
        Assert.All([Password, pem, pem[..40], again.Data[..40], again.Data[100..140]], secret => Assert.DoesNotContain(secret, lines, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_not_be_logged_is_not_given_out()
    {
        var (node, key) = await NewRing("ES256");
        installation.Store.Rings.Fail(Store.Fault.DidNotPersist);
        Assert.Equal(ErrorCode.Unavailable, (await node.Transfers.Export(Orders, key.Kid, new ExportKey("pkcs8", Password), Installation.Call())).Refusal?.Code);

        installation.Store.Away = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.Transfers.Export(Orders, key.Kid, new ExportKey("pkcs8", Password), Installation.Call()));
    }

    [Fact]
    public async Task A_key_without_a_usable_private_half_is_not_exported()
    {
        var (node, key) = await NewRing("ES256");
        Assert.Equal(ErrorCode.NotFound, await Refused(Orders, new Kid(Chance.Uuid())));
        Assert.Equal(ErrorCode.NotFound, await Refused(RingId.Parse("none"), key.Kid));
        Assert.Equal(ErrorCode.NotFound, await Refused(RingId.Default, key.Kid));

        Node.Admitted(await node.Rings.Taint(Orders, key.Kid, new WithdrawKey(), Installation.Call()));
        Assert.Equal(ErrorCode.Conflict, await Refused(Orders, key.Kid));

        var next = (await installation.Ring(Orders)).Keys[1];
        await installation.Tamper(Orders, ring => ring with { Keys = ring.Keys.Replace(next, next with { PrivateKey = new ProtectedKey(new byte[] { 1 }) }) });
        Assert.Equal(ErrorCode.Conflict, await Refused(Orders, next.Kid));
        Assert.Empty(Node.Admitted(await node.AuditLog.Query(new AuditQuery(Action: AuditAction.Execute))).Items);

        async Task<ErrorCode?> Refused(RingId ring, Kid kid) =>
            (await node.Transfers.Export(ring, kid, new ExportKey("pkcs8", Password), Installation.Call())).Refusal?.Code;
    }

    [Theory]
    [InlineData(null, null, "format:required", "password:required")]
    [InlineData("pem", "short", "format:one_of", "password:password")]
    [InlineData("pkcs8", "fifteen chars..", "password:password")]
    [InlineData("pkcs8", "a long one with an ümlaut", "password:password")]
    [InlineData("pkcs8", "a long one with\na line break", "password:password")]
    public async Task A_wrong_field_is_named_with_its_rule(string? format, string? password, params string[] errors)
    {
        var node = installation.NewNode();
        var refusal = (await node.Transfers.Export(Orders, new Kid(Chance.Uuid()), new ExportKey(format, password), Installation.Call())).Refusal!;
        Assert.Equal(errors, refusal.Fields.Select(field => $"{field.Field}:{field.Rule}"));
        if (password is not null)
            Assert.DoesNotContain(password, refusal.ToString(), StringComparison.Ordinal);
    }

    private async Task<(Node Node, SigningKey Key)> NewRing(string algorithm)
    {
        var node = await installation.StartNode();
        Node.Admitted(await node.Rings.Put(Orders, new PutRing(algorithm), Installation.Call()));
        return (node, (await installation.Ring(Orders)).Keys[0]);
    }

    private async Task AssertIs(SigningKey key)
    {
        using var read = PrivateKey.ImportPkcs8(key.PublicKey.Algorithm, await File.ReadAllBytesAsync(openssl.PathOf("key.der")));
        Assert.True(read.Matches(key.PublicKey));
    }
}
