using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Journal;

/// <summary>Group commit. One thread takes whatever waits, writes it as one line, flushes once, and only then shows it to
/// readers and answers; what arrives meanwhile is the next line. Every compare-and-swap is decided on that thread, against
/// the durable states and the line that is being made, so of two changes of one state at most one gets in.</summary>
internal sealed partial class CommitQueue : IDisposable
{
    /// <summary>Bounds a line and the memory to make it. At this size the flush has long ceased to be what costs.</summary>
    private const int LargestLine = 4 * 1024 * 1024;

    private readonly IJournalFile file;
    private readonly JournalState state;
    private readonly ILogger log;
    private readonly BlockingCollection<PendingCommit> waiting = [];
    private readonly Lock gate = new();
    private readonly Thread writer;
    private long batch;
    private bool closed;
    private volatile string? failure;

    /// <param name="batch">The number of the last line in the file.</param>
    public CommitQueue(IJournalFile file, long batch, JournalState state, ILogger log)
    {
        (this.file, this.batch, this.state, this.log) = (file, batch, state, log);

        // A thread of its own: it spends its life in fsync, and the pool's threads sign tokens.
        writer = new Thread(Run) { Name = "journal", IsBackground = true };
        writer.Start();
    }

    /// <summary>For good: only a restart, which reads what the disk really has, can know the state again.</summary>
    public bool Failed => failure is not null;

    /// <summary>Reading has to stop as well. A change whose fate is unknown may be on the disk, and whoever loaded the
    /// state without it would take it for lost.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public void ThrowIfFailed()
    {
        if (failure is { } reason)
            throw new StoreUnavailableException(reason);
    }

    public Task<SaveResult> Enqueue(PendingCommit commit)
    {
        lock (gate)
        {
            if (closed)
                commit.Answer(SaveResult.Unavailable);
            else
                waiting.Add(commit);
        }

        return commit.Answered;
    }

    /// <summary>Commits what waits, then closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            waiting.CompleteAdding();
        }

        writer.Join();
        failure ??= "The journal is closed.";
        waiting.Dispose();
        file.Dispose();
    }

    private void Run()
    {
        foreach (var first in waiting.GetConsumingEnumerable())
            Commit(Gather(first));
    }

    private List<PendingCommit> Gather(PendingCommit first)
    {
        var gathered = new List<PendingCommit> { first };
        for (var size = first.Json.Length; size < LargestLine && waiting.TryTake(out var next); size += next.Json.Length)
            gathered.Add(next);
        return gathered;
    }

    private void Commit(List<PendingCommit> gathered)
    {
        var aggregates = new HashSet<string>(StringComparer.Ordinal);
        var line = gathered.Where(commit => commit.IsCurrent() && aggregates.Add(commit.Aggregate)).ToList();
        if (Failed || !TryWrite(line))
        {
            // The losers of a conflict too: what they lost against is now in doubt itself.
            gathered.ForEach(commit => commit.Answer(SaveResult.Unavailable));
            return;
        }

        // Dying here loses nothing: the line is durable, the next start reads it, and nobody has been told anything yet.
        foreach (var commit in line)
            state.Audit.Append(commit.Audit, commit.Publish);

        foreach (var commit in line)
            commit.Answer(commit.Saved);

        // This late, so that what they lost against can be loaded.
        foreach (var loser in gathered.Except(line))
            loser.Answer(SaveResult.Conflict);
    }

    private bool TryWrite(List<PendingCommit> line)
    {
        if (line.Count == 0)
            return true;
        try
        {
            // Dying in here leaves a torn line, or a whole one that nobody has been told about. Both are well.
            file.Append(JournalLine.Batch(++batch, line.Select(commit => commit.Json)));
            file.Flush();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = $"The journal can't be written: {e.Message}";
            LogFailure(e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Critical, "The journal can't be written. The store is away until the process is restarted.")]
    private partial void LogFailure(Exception e);
}
