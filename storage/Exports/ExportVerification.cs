using System.Security.Cryptography;
using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Storage.Protection;

namespace Tumbler.Storage.Exports;

/// <summary>Verifies an export with nothing but its folder and the audit certificate: no server, no secret. In the order in
/// which one thing is believed for the sake of the other: the checkpoint for its signature, the heads for the checkpoint,
/// anchors for their note, the entries between anchors and heads; at last the signature over the entries' file, which covers the MACs as well.</summary>
/// <param name="progress">Told how many entries have verified, now and then.</param>
/// <param name="see">Gets every entry once it has verified.</param>
public sealed class ExportVerification(
    string folder, IReadOnlyList<AuditCertificate> trusted, Action<long> progress, Action<AuditEntry>? see = null)
{
    private readonly ExportFiles files = new(folder);
    private readonly AuditLogVerifier verifier = new(key: null);
    private DateTimeOffset? stampedAt;

    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException"/>
    public async Task<ExportVerdict> Run()
    {
        var (heads, anchors) = (SignedLeaves.Heads(files), SignedLeaves.Anchors(files));
        ExportFault? fault;
        try
        {
            fault = heads.Verify(trusted) ?? AnchorsFault(anchors, heads.OnlyChain) ?? await EntriesFault(heads, anchors);
        }
        catch (FileNotFoundException missing)
        {
            fault = new ExportFault(Path.GetFileName(missing.FileName!), null, null, null, "The file is missing.");
        }

        return new ExportVerdict(heads.Note, heads.OnlyChain, verifier.Chains, verifier.Entries, stampedAt, fault);
    }

    /// <summary>Not whose log they are of: what does not join this log's hashes is found at the first entry.</summary>
    private ExportFault? AnchorsFault(SignedLeaves anchors, string? onlyChain)
    {
        if (!anchors.Exist)
            return null;
        if (anchors.Verify(trusted) is { } fault)
            return fault;
        return anchors.OnlyChain == onlyChain ? null : ExportFault.Of(ExportFile.Anchors, "The anchors are of other chains than the heads.");
    }

    private async Task<ExportFault?> EntriesFault(SignedLeaves heads, SignedLeaves anchors)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var entries = files.Open(ExportFile.Entries);
        var lines = new LineReader(entries, bytes => digest.AppendData(bytes.Span));
        var fault = await LogWalk.Verify(
            verifier,
            AnchoredChains.Of(heads.Read(), anchors.Exist ? anchors.Read() : []).ToAsyncEnumerable(),
            Entries(lines).ToAsyncEnumerable(),
            done =>
            {
                progress(done.Entries);
                return ValueTask.CompletedTask;
            },
            entry =>
            {
                see?.Invoke(entry);
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
        var problem = files.Small(ExportFile.Signature) is { } cms ? DetachedSignatureReader.Problem(cms, hash, trusted) : "is too long to be a signature";
        return problem is null ? null : ExportFault.Of(ExportFile.Signature, $"It {problem}. No line of {ExportFile.Entries} shows a fault by itself; a MAC is only covered by this signature.");
    }

    private ExportFault? TimestampFault(byte[] hash)
    {
        if (!files.Has(ExportFile.Timestamp))
            return null;
        stampedAt = files.Small(ExportFile.Timestamp) is { } response ? StoredTimestamp.TimeOf(response, hash) : null;
        return stampedAt is null ? ExportFault.Of(ExportFile.Timestamp, $"This is no time stamp of {ExportFile.Entries}.") : null;
    }
}
