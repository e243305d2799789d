using System.Collections.Concurrent;
using System.Threading.Channels;
using Tumbler.Contracts.Audit;

namespace Tumbler.Engine.Audit;

/// <summary>The exports that wait for this process. They are in the store as well: what a process that dies leaves waiting,
/// its successor declares failed.</summary>
public sealed class ExportQueue
{
    private readonly Channel<AuditExport> waiting = Channel.CreateUnbounded<AuditExport>();

    private readonly ConcurrentDictionary<Guid, bool> own = [];

    /// <summary>Before it is in the store, so that nobody takes it for a dead process's.</summary>
    public void Announce(Guid export) => own[export] = true;

    public bool IsOwn(Guid export) => own.ContainsKey(export);

    public void Add(AuditExport export) => waiting.Writer.TryWrite(export);

    public IAsyncEnumerable<AuditExport> Take(CancellationToken stop) => waiting.Reader.ReadAllAsync(stop);
}
