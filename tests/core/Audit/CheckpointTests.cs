using System.Text;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public sealed class CheckpointTests
{
    private static readonly Checkpoint Sample = new(
        "tokens.example/audit", 3, new byte[32], 7, new DateTimeOffset(2026, 3, 1, 12, 0, 0, 5, TimeSpan.Zero), Checkpoint.Link("before"));

    [Fact]
    public void Its_text_is_a_checkpoint_of_C2SP_with_three_lines_of_ours() => Assert.Equal(
        """
        tokens.example/audit
        3
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        number 7
        time 2026-03-01T12:00:00.005Z
        previous Apa5cRHBU5fhi+/W/2zJGEuRe+jYUiXR9b+GRgsXTeo=

        """.Replace("Apa5cRHBU5fhi+/W/2zJGEuRe+jYUiXR9b+GRgsXTeo=", Convert.ToBase64String(Sample.Previous.Span), StringComparison.Ordinal),
        Sample.Text());

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = Checkpoint.Parse(Sample.Text());

        Assert.Equal(Sample.Text(), read?.Text());
        Assert.Equal((Sample.Origin, Sample.Size, Sample.Number, Sample.Time), (read!.Origin, read.Size, read.Number, read.Time));
    }

    [Theory]
    [InlineData("\n3\n", "\n03\n")]
    [InlineData("\n3\n", "\n+3\n")]
    [InlineData("\n3\n", "\n-3\n")]
    [InlineData("\n3\n", "\n99999999999999999999\n")]
    [InlineData("number 7", "number 7 ")]
    [InlineData("number 7", "number 07")]
    [InlineData("number 7", "count 7")]
    [InlineData(".005Z", ".5Z")]
    [InlineData(".005Z", ".005+00:00")]
    [InlineData("2026-03-01", "2026-02-30")]
    [InlineData("AAA=\nnumber", "AAB=\nnumber")]
    [InlineData("AAA=\nnumber", "AAA\nnumber")]
    [InlineData("tokens.example/audit\n", "\n")]
    [InlineData("tokens.example/audit\n", "")]
    [InlineData("number 7\n", "number 7\nmore\n")]
    [InlineData("previous ", "previous  ")]
    public void Any_other_spelling_is_none(string part, string other)
    {
        Assert.Contains(part, Sample.Text(), StringComparison.Ordinal);

        Assert.Null(Checkpoint.Parse(Sample.Text().Replace(part, other, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("RSA")]
    public void A_signed_one_verifies_with_its_key_alone_and_no_byte_of_it_may_change(string key)
    {
        var signer = AuditSigners.Of(key);
        var note = SignedCheckpoint.Sign(Sample, signer).Note;

        Assert.True(SignedCheckpoint.TryVerify(note, Sample.Origin, [AuditSigners.P384.Certificate, signer.Certificate], out var verified, out _));
        Assert.Equal(Sample.Number, verified.Checkpoint.Number);
        Assert.True(SignedCheckpoint.TryVerify(note, null, [signer.Certificate], out _, out _));
        Assert.False(SignedCheckpoint.TryVerify(note, "other.example", [signer.Certificate], out _, out _));
        Assert.False(SignedCheckpoint.TryVerify(note, Sample.Origin, [AuditSigners.Ec(System.Security.Cryptography.ECCurve.NamedCurves.nistP256).Certificate], out _, out var foreign));
        Assert.Equal("is not signed by the audit certificate", foreign);

        for (var i = 0; i < note.Length; i++)
        {
            foreach (var other in "A \n=\u0001—")
            {
                if (note[i] != other)
                    Assert.False(SignedCheckpoint.TryVerify(note[..i] + other + note[(i + 1)..], Sample.Origin, [signer.Certificate], out _, out _), $"{i} {other}");
            }

            Assert.False(SignedCheckpoint.TryVerify(note[..i], Sample.Origin, [signer.Certificate], out _, out _));
        }
    }

    [Fact]
    public void Signatures_of_others_are_ignored_and_a_false_one_spoils_the_note()
    {
        var note = SignedCheckpoint.Sign(Sample, AuditSigners.P256).Note;
        var other = SignedCheckpoint.Sign(Sample with { Size = 4 }, AuditSigners.P256).Note;
        var witness = SignedNote.Sign(Sample.Text(), "witness.example", AuditSigners.P384);

        Assert.True(SignedCheckpoint.TryVerify(note + SignatureOf(witness), Sample.Origin, [AuditSigners.P256.Certificate], out _, out _));
        Assert.False(SignedCheckpoint.TryVerify(note + SignatureOf(other), Sample.Origin, [AuditSigners.P256.Certificate], out _, out var problem));
        Assert.Equal("has a signature that does not verify", problem);
        Assert.False(SignedCheckpoint.TryVerify(witness, Sample.Origin, [AuditSigners.P384.Certificate], out _, out _));

        static string SignatureOf(string signed) => signed[(signed.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
    }

    [Fact]
    public void The_signature_is_what_C2SP_says_for_ECDSA()
    {
        var signer = AuditSigners.P256;
        var line = SignedCheckpoint.Sign(Sample, signer).Note.Split('\n')[^2];
        var signed = Convert.FromBase64String(line["— tokens.example/audit ".Length..]);

        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(signer.Certificate.Der.Span);
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPublicKey(certificate)!;
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4], signed[..4]);
        Assert.True(key.VerifyData(
            Encoding.UTF8.GetBytes(Sample.Text()), signed[4..], System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("a\n\n")]
    [InlineData("a\n\n— \n")]
    [InlineData("a\n\n— a b\n")]
    [InlineData("a\n\n— a AAAA\n")]
    [InlineData("a\n\n— a AAAAAAA=\n\n")]
    [InlineData("a\n\n-- a AAAAAAA=\n")]
    [InlineData("\uD800\n\n— \uD800 AAAAAAA=\n")]
    public void Nonsense_is_refused_without_a_word(string note) =>
        Assert.False(SignedCheckpoint.TryVerify(note, null, [AuditSigners.P256.Certificate], out _, out _));

    [Fact]
    public void A_leaf_is_canonical_JSON_and_nothing_else_is_one()
    {
        var head = new ChainHead("ring:default", new AuditHead(12, new string('a', 64)));
        var leaf = $$"""{"chain":"ring:default","hash":"{{new string('a', 64)}}","seq":12}""";

        Assert.Equal(leaf, Encoding.UTF8.GetString(head.Leaf()));
        Assert.Equal(head, ChainHead.Parse(head.Leaf()));
        foreach (var other in (string[])["", "{}", "[]", " " + leaf, leaf + "\n", leaf.Replace("12", "12.0", StringComparison.Ordinal), leaf.Replace("12", "\"12\"", StringComparison.Ordinal), leaf.Replace("}", ",\"x\":1}", StringComparison.Ordinal), leaf.Replace("ring:", "ring:\\ud800", StringComparison.Ordinal)])
            Assert.Null(ChainHead.Parse(Encoding.UTF8.GetBytes(other)));
    }
}
