using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Engine;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Journal;

/// <summary>The embedded store: everything in memory, and one append-only file that makes it durable. One process at a
/// time; the directory is locked.</summary>
public sealed class Journal : IStore, IDisposable
{
    private static readonly Comparer<RingToLookAt> InTheirOrder = Comparer<RingToLookAt>.Create((a, b) =>
        a.Since == b.Since ? string.CompareOrdinal(a.Ring.Value, b.Ring.Value) : a.Since.CompareTo(b.Since));

    private readonly CommitQueue queue;
    private readonly DirectoryLock held;
    private readonly JournalState state;

    // The number of the last revocation that somebody has heard of.
    private long told;

    // Nobody else writes, so a mark outlives nothing but the process.
    private readonly Guid life = Chance.Uuid();

    private Journal(DirectoryLock held, JournalReplay replay, IJournalFile file, ILogger log)
    {
        this.held = held;
        state = replay.State;
        queue = new CommitQueue(file, replay.Batch, state, log);
        Rings = new AggregateStore<RingId, KeyRing>(
            state.Rings, queue, ring => ring.Id, JournalState.Change, NewRevocations.Between, state.Revoke);
        Organizations = new AggregateStore<OrgSlug, Organization>(
            state.Organizations, queue, organization => organization.Slug, JournalState.Change, NewRevocations.Between, state.Revoke);
        TokenRevocations = new AggregateStore<RingId, TokenRevocations>(
            state.TokenRevocations, queue, ring => ring.Ring, JournalState.Change, NewRevocations.Between, state.Revoke);
        NodeLogs = new AggregateStore<NodeId, NodeLog>(state.NodeLogs, queue, log => log.Id, JournalState.Change);
        Audit = new AuditStore(state, queue, replay.Journal);
        Exports = new ExportStore(state.Exports, queue);
        UsedOnce = new UsedOnce(state.UsedOnce, queue);
    }

    public IAggregateStore<RingId, KeyRing> Rings { get; }

    public IAggregateStore<OrgSlug, Organization> Organizations { get; }

    public IAggregateStore<NodeId, NodeLog> NodeLogs { get; }

    public IAggregateStore<RingId, TokenRevocations> TokenRevocations { get; }

    public IAuditStore Audit { get; }

    public IExportStore Exports { get; }

    public IUsedOnce UsedOnce { get; }

    /// <summary>Opens the directory's journal, or begins one. Reads all of it, so the time it takes grows with its size.</summary>
    /// <param name="directory">Created, for this user only, when it is not there.</param>
    /// <param name="failure">The directory is in use by another process, can't be used at all, or its journal is damaged.</param>
    public static bool TryOpen(
        string directory,
        ILogger<Journal> log,
        [NotNullWhen(true)] out Journal? journal,
        [NotNullWhen(false)] out JournalOpenFailure? failure) => TryOpen(directory, log, file => file, out journal, out failure);

    /// <param name="decorate">Wraps the file, to make it fail.</param>
    internal static bool TryOpen(
        string directory,
        ILogger log,
        Func<IJournalFile, IJournalFile> decorate,
        [NotNullWhen(true)] out Journal? journal,
        [NotNullWhen(false)] out JournalOpenFailure? failure)
    {
        journal = null;
        var files = new JournalFiles(directory);
        DirectoryLock? held = null;
        try
        {
            if (File.Exists(files.Directory))
            {
                failure = new JournalOpenFailure($"The data directory '{files.Directory}' is a file.");
                return false;
            }

            files.CreateDirectory();
            held = DirectoryLock.TryTake(files);
            if (held is null)
            {
                failure = new JournalOpenFailure($"The data directory '{files.Directory}' is in use by another process.");
                return false;
            }

            if (!new JournalOpening(files, log).TryRecover(out var replay, out failure))
                return false;

            var handle = File.OpenHandle(files.Journal, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            journal = new Journal(held, replay, decorate(new JournalFile(handle, replay.Length)), log);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = new JournalOpenFailure($"The data directory '{files.Directory}' can't be used: {e.Message}");
            return false;
        }
        finally
        {
            if (journal is null)
                held?.Dispose();
        }
    }

    public ValueTask<StoreChanges> Changes(ChangeMark? since, CancellationToken stop)
    {
        queue.ThrowIfFailed();

        // Read first: what is saved meanwhile is listed now, and again next time.
        var (next, feed) = (state.Changes.Last, state.Feed);
        var from = since is not { } mark ? next : mark.Life == life ? mark.Position : 0;
        var number = since is { } known && known.Life == life ? known.Number : 0;
        Volatile.Write(ref told, feed.Last);
        return ValueTask.FromResult(new StoreChanges(
            new ChangeMark(life, next, feed.Last),
            from == next ? [] : state.Rings.Since(from),
            from == next ? [] : state.Organizations.Since(from),
            new RevocationNews(Whole: since?.Life != life, feed.Last, [.. feed.Since(number)])));
    }

    /// <summary>Of revocations only: the journal has no other process.</summary>
    public async Task Hint(CancellationToken stop)
    {
        // In this order: what is revoked in between has ended what is waited for.
        var next = state.NextRevocation;
        if (state.Feed.Last == Volatile.Read(ref told))
            await next.WaitAsync(stop);
    }

    /// <remarks>Goes through all of them: they are in memory, and a hundred thousand take some milliseconds.</remarks>
    public ValueTask<IReadOnlyList<RingToLookAt>> RingsToLookAt(
        DateTimeOffset now, RingToLookAt? after, int limit, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return ValueTask.FromResult<IReadOnlyList<RingToLookAt>>(
        [
            .. state.Rings.Unordered
                .Where(ring => !ring.State.Quiet.Holds(now))
                .Select(ring => new RingToLookAt(ring.State.Id, ring.State.Quiet.Until))
                .Where(ring => after is not { } last || InTheirOrder.Compare(ring, last) > 0)
                .Order(InTheirOrder)
                .Take(limit),
        ]);
    }

    public ValueTask<bool> Ping(CancellationToken stop) => ValueTask.FromResult(!queue.Failed);

    /// <summary>Commits what is under way, then lets another process have the directory. Changes that come later are
    /// <see cref="SaveOutcome.Unavailable"/>.</summary>
    public void Dispose()
    {
        queue.Dispose();
        held.Dispose();
    }
}
