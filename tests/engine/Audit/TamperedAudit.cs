using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Audit;

/// <summary>The real audit store after somebody had their hands on one chain.</summary>
internal sealed class TamperedAudit(
    IAuditStore audit, string victim, Func<ImmutableList<AuditEntry>, ImmutableList<AuditEntry>> tamper) : IAuditStore
{
    /// <summary>Runs around each reading of that chain, as others write meanwhile.</summary>
    public Func<Task> Meanwhile { get; init; } = () => Task.CompletedTask;

    public ValueTask<Result<Page<AuditEntry>>> Query(AuditQuery query, CancellationToken stop) => audit.Query(query, stop);

    public IAsyncEnumerable<string> Chains(CancellationToken stop) => audit.Chains(stop).Append(victim).Distinct();

    public ValueTask<AuditEntry?> Find(string chain, long seq, CancellationToken stop) => audit.Find(chain, seq, stop);

    public async IAsyncEnumerable<AuditEntry> Read(
        string chain, [EnumeratorCancellation] CancellationToken stop)
    {
        if (chain == victim)
            await Meanwhile();
        var entries = (await audit.Read(chain, stop).ToListAsync(stop)).ToImmutableList();
        foreach (var entry in chain == victim ? tamper(entries) : entries)
            yield return entry;
        if (chain == victim)
            await Meanwhile();
    }
}
