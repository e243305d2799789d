using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Exports;
using Tumbler.Storage.Tests.Protection;

namespace Tumbler.Storage.Tests;

/// <summary>Archives and prunes a log as the product does, with exports in a directory of its own.</summary>
internal sealed class PrunedLog : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-prune-").FullName;
    private readonly AuditProofs proofs;

    public PrunedLog() => proofs = AuditSigning.Proofs with { Exports = new ExportFolders(directory) };

    public void Dispose() => Directory.Delete(directory, recursive: true);

    /// <summary>The folder of a new export.</summary>
    public async Task<string> Export(IStore store, string? org = null)
    {
        var checkpoints = new Checkpoints(store, proofs, TimeProvider.System, NullLogger<Checkpoints>.Instance);
        var writer = new ExportWriter(store, History.AuditKey, proofs, checkpoints, TimeProvider.System);
        var order = new AuditExport(
            Guid.NewGuid(), org, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), AuditExportStatus.Waiting, AuditTimestampStatus.NotRequested);
        var written = await writer.Write(order, _ => ValueTask.CompletedTask, default);
        Assert.True(written.TryGet(out var export, out var refusal), refusal?.Message);
        Assert.Equal(export.EntriesTotal, export.EntriesDone);
        return Path.Combine(directory, export.RequestedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), export.Id.ToString());
    }

    public Task<ExportVerdict> VerifyOffline(string folder, Action<AuditEntry>? see = null) =>
        new ExportVerification(folder, proofs.Trusted, _ => { }, see).Run();

    public async Task<AuditArchive> Archive(string folder, DateTimeOffset before)
    {
        var plan = new PrunePlan(before);
        var verdict = await VerifyOffline(folder, plan.See);
        Assert.Null(verdict.Fault);
        return new AuditArchive(verdict.Signed!.Checkpoint.Number, verdict.Signed.Note, plan.Points());
    }

    public Task<Result<AuditPruned>> TryPrune(IStore pruner, AuditArchive archive, bool dryRun = false) =>
        new AuditPruning(pruner, History.AuditKey, proofs, TimeProvider.System).Prune(archive, dryRun, _ => { }, default);

    public async Task<AuditPruned> Prune(IStore pruner, AuditArchive archive, bool dryRun = false)
    {
        var result = await TryPrune(pruner, archive, dryRun);
        Assert.True(result.TryGet(out var pruned, out var refusal), refusal?.Message);
        return pruned;
    }

    public async Task<AuditVerdict> Verify(IStore store)
    {
        var result = await new AuditLog(store, History.AuditKey, proofs, NullLogger<AuditLog>.Instance).Verify();
        Assert.True(result.TryGet(out var verdict, out _));
        return verdict;
    }

    /// <summary>Every entry that is kept, by chain and number.</summary>
    public static async Task<Dictionary<(string Chain, long Seq), AuditEntry>> Entries(IStore store)
    {
        await using var view = await store.Audit.View(default);
        return await view.Entries(null, default).ToDictionaryAsync(entry => (entry.Chain, entry.Seq), entry => entry.Entry!);
    }
}
