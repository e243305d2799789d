using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Json;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Cluster;
using Tumbler.Core.Tests.Audit;
using Tumbler.Core.Tokens;
using Tumbler.Tests.Fuzz;

namespace Tumbler.Core.Tests.Fuzz;

/// <summary>Whatever they are given, parsers say yes or no, and need no more memory than it is worth. Tokens have tests of their own.</summary>
public sealed class CoreParsersTests
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 5, TimeSpan.Zero);
    private static readonly Checkpoint Checkpoint = new("tokens.example/audit", 3, new byte[32], 7, Now, new byte[32]);
    private static readonly AuditEntry Entry = new(
        "org:acme", 3, Now, "acme", new Actor(ActorType.ApiKey, "ключ"), AuditAction.Rotate, AuditResource.ApiKey, "id", AuditStatus.Success,
        "request-1", "192.0.2.1", new Dictionary<string, string> { ["a"] = "🔑" }.ToImmutableSortedDictionary(StringComparer.Ordinal), "00", "11", "22");

    [Fact]
    public void Names_and_ids() => Fuzzer.Run(
        [Id, "acme", "default", "node-1", "acme_api_0123456789abcdefghijklmnopqrstuvwxyzABCDEF", "routes:acme:GET", $"{Id} {Id} proposed"],
        text =>
        {
            ReadsBack<Kid>(text);
            ReadsBack<ApiKeyId>(text);
            ReadsBack<OrgSlug>(text);
            ReadsBack<RingId>(text);
            ReadsBack<NodeId>(text);
            ReadsBack<QuotaId>(text);
            Assert.True(!RedisMark.TryParse(text, out var mark) || (RedisMark.TryParse(mark.ToString(), out var again) && again == mark));
            _ = ApiKeyText.TryParse(text, out _) || ApiKeyHash.TryParse(text, out _);
        });

    [Fact]
    public void Fields_of_requests() => Fuzzer.Run(
        ["ops@acme.example", "2026-03-01", "https://api.example/a?b", "10.0.0.0/8", "2001:db8::/32", "read write", "PT24H", "24h", "P1DT2H3M4.5S"],
        text =>
        {
            InputRules.IsEmail(text);
            InputRules.IsDate(text, new DateOnly(2026, 3, 1));
            InputRules.IsAudience(text);
            InputRules.IsAddressBlock(text);
            InputRules.IsAddress(text);
            InputRules.IsScope(text);
            InputRules.IsRequestId(text);
            InputRules.IsIdempotencyKey(text);
            Assert.True(!Duration.TryParse(text, out var duration) || duration >= TimeSpan.Zero);
        });

    [Fact]
    public void Lines_of_the_audit_log() => Fuzzer.Run([AuditForm.Line(Entry)], bytes => AuditLine.Parse(bytes));

    [Fact]
    public void Leaves_and_proofs() => Fuzzer.Run(
        [new ChainHead("org:acme", new AuditHead(3, new string('0', 64))).Leaf(), InclusionProof.Of([new byte[32], new byte[32], new byte[32]], 1).Json()],
        bytes =>
        {
            ChainHead.Parse(bytes);
            InclusionProof.Parse(bytes);
        });

    [Fact]
    public void Checkpoints_and_notes() => Fuzzer.Run(
        [Checkpoint.Text(), SignedNote.Sign(Checkpoint.Text(), "tokens.example/audit", AuditSigners.P256)],
        text =>
        {
            Core.Audit.Checkpoint.Parse(text);
            SignedNote.TryVerify(text, "tokens.example/audit", [AuditSigners.P256.Certificate], out _, out _);
            new CheckpointChain([AuditSigners.P256.Certificate]).Next(7, text);
        });

    [Fact]
    public void Detached_signatures()
    {
        var digest = SHA256.HashData("log"u8);
        Fuzzer.Run(
            [DetachedSignature.Sign(digest, AuditSigners.P256, Now), DetachedSignature.Sign(digest, AuditSigners.Rsa, Now)],
            bytes => DetachedSignatureReader.Problem(bytes, digest, [AuditSigners.P256.Certificate, AuditSigners.Rsa.Certificate]));
    }

    [Fact]
    public void Canonical_JSON() => Fuzzer.Run(
        ["""{"b":[1,2.5e-7,true,null],"a":{"é":"\u0041"}}""", "[1e21,-0,0.000001]"],
        text =>
        {
            try
            {
                var canonical = CanonicalJson.Of(Encoding.UTF8.GetBytes(text));
                Assert.Equal(canonical, CanonicalJson.Of(canonical));
            }
            catch (Exception e) when (e is JsonException or FormatException)
            {
                // It says so of what is no JSON.
            }
        });

    private static void ReadsBack<T>(string text) where T : struct, IWireText<T> =>
        Assert.True(!T.TryParse(text, out var value) || (T.TryParse(value.ToString(), out var again) && again.Equals(value)));
}
