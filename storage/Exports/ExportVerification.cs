using System.Security.Cryptography;
using System.Text;
using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Storage.Protection;

namespace Tumbler.Storage.Exports;

/// <summary>Verifies an export with nothing but its folder and the audit certificate: no server, no secret. In the order in
/// which one thing is believed for the sake of the other: the checkpoint for its signature, the heads for the checkpoint,
/// the entries for the heads; at last the signature over the entries' file, which covers the MACs as well.</summary>
/// <param name="progress">Told how many entries have verified, now and then.</param>
public sealed class ExportVerification(string folder, IReadOnlyList<AuditCertificate> trusted, Action<long> progress)
{
    private const int MaxSmallFile = 1024 * 1024;

    private Checkpoint? checkpoint;
    private InclusionProof? proof;
    private string? onlyChain;
    private DateTimeOffset? stampedAt;
    private readonly AuditLogVerifier verifier = new(key: null);

    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException"/>
    public async Task<ExportVerdict> Run()
    {
        ExportFault? fault;
        try
        {
            fault = CheckpointFault() ?? ProofFault() ?? HeadsFault() ?? await EntriesFault();
        }
        catch (FileNotFoundException missing)
        {
            fault = new ExportFault(Path.GetFileName(missing.FileName!), null, null, null, "The file is missing.");
        }

        return new ExportVerdict(checkpoint, onlyChain, verifier.Chains, verifier.Entries, stampedAt, fault);
    }

    private ExportFault? CheckpointFault()
    {
        if (Small(ExportFile.Checkpoint) is not { } bytes)
            return Fault(ExportFile.Checkpoint, "The file is too long to be a checkpoint.");
        var note = Encoding.UTF8.GetString(bytes);
        if (!SignedCheckpoint.TryVerify(note, origin: null, trusted, out var verified, out var problem))
            return Fault(ExportFile.Checkpoint, $"The checkpoint {problem}.");
        checkpoint = verified.Checkpoint;
        return null;
    }

    private ExportFault? ProofFault()
    {
        if (!File.Exists(Path.Combine(folder, ExportFile.Proof)))
            return null;
        proof = Small(ExportFile.Proof) is { } bytes ? InclusionProof.Parse(bytes) : null;
        return proof is null ? Fault(ExportFile.Proof, "This is no proof of inclusion of ours.") : null;
    }

    private ExportFault? HeadsFault()
    {
        var tree = new MerkleTree();
        ChainHead? last = null;
        using var file = Open(ExportFile.Heads);
        var lines = new LineReader(file);
        foreach (var line in lines.Lines())
        {
            if (ChainHead.Parse(line) is not { } head)
                return new ExportFault(ExportFile.Heads, lines.Number, null, null, "This is no line of ours.");
            if (string.CompareOrdinal(head.Chain, last?.Chain) <= 0)
                return new ExportFault(ExportFile.Heads, lines.Number, head.Chain, null, "The chain is named twice, or not in its order.");
            last = head;
            tree.Add(line.Span);
        }

        if (lines.Problem is { } problem)
            return new ExportFault(ExportFile.Heads, lines.Number, null, null, problem);
        if (proof is null)
        {
            return tree.Size == checkpoint!.Size && tree.Root().AsSpan().SequenceEqual(checkpoint.Root.Span)
                ? null
                : Fault(ExportFile.Heads, "These are not the heads that the checkpoint signed.");
        }

        onlyChain = last?.Chain;
        return tree.Size == 1 && proof.Size == checkpoint!.Size && proof.Shows(MerkleTree.LeafHash(last!.Leaf()), checkpoint.Root.Span)
            ? null
            : Fault(ExportFile.Proof, "It does not show that the head is among those that the checkpoint signed.");
    }

    private async Task<ExportFault?> EntriesFault()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var heads = Open(ExportFile.Heads);
        using var entries = Open(ExportFile.Entries);
        var lines = new LineReader(entries, bytes => digest.AppendData(bytes.Span));
        var fault = await LogWalk.Verify(
            verifier,
            new LineReader(heads).Lines().Select(line => ChainHead.Parse(line)!).Select(head => new ChainEnds(head.Chain, head.Head, head.Head)).ToAsyncEnumerable(),
            Entries(lines).ToAsyncEnumerable(),
            done =>
            {
                progress(done.Entries);
                return ValueTask.CompletedTask;
            });
        if (lines.Problem is { } problem)
            return new ExportFault(ExportFile.Entries, lines.Number, null, null, problem);
        if (fault is not null)
            return new ExportFault(ExportFile.Entries, lines.Number, fault.Chain, fault.Seq, fault.Problem);

        var hash = digest.GetHashAndReset();
        return SignatureFault(hash) ?? TimestampFault(hash);
    }

    private static IEnumerable<StoredAuditEntry> Entries(LineReader lines)
    {
        foreach (var line in lines.Lines())
        {
            if (AuditLine.Parse(line) is not { } entry)
            {
                lines.Refuse("This is no line of ours.");
                yield break;
            }

            yield return new StoredAuditEntry(entry.Chain, entry.Seq, entry);
        }
    }

    private ExportFault? SignatureFault(byte[] hash)
    {
        var problem = Small(ExportFile.Signature) is { } cms ? DetachedSignatureReader.Problem(cms, hash, trusted) : "is too long to be a signature";
        return problem is null ? null : Fault(ExportFile.Signature, $"It {problem}. No line of {ExportFile.Entries} shows a fault by itself; a MAC is only covered by this signature.");
    }

    private ExportFault? TimestampFault(byte[] hash)
    {
        if (!File.Exists(Path.Combine(folder, ExportFile.Timestamp)))
            return null;
        stampedAt = Small(ExportFile.Timestamp) is { } response ? StoredTimestamp.TimeOf(response, hash) : null;
        return stampedAt is null ? Fault(ExportFile.Timestamp, $"This is no time stamp of {ExportFile.Entries}.") : null;
    }

    private FileStream Open(string file) => new(Path.Combine(folder, file), FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Null when it is longer than any of ours.</summary>
    private byte[]? Small(string file)
    {
        using var stream = Open(file);
        if (stream.Length > MaxSmallFile)
            return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static ExportFault Fault(string file, string problem) => new(file, null, null, null, problem);
}
