using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;
using Tumbler.Storage.Journal.Rows;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>Everything durable, in memory.</summary>
internal sealed class JournalState
{
    /// <summary>Entries of a compacted journal that share a commit.</summary>
    private const int EntriesPerCommit = 500;

    private volatile RevocationFeed feed = RevocationFeed.Empty;
    private volatile TaskCompletionSource revocation = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JournalState()
    {
        Rings = new(Changes);
        Organizations = new(Changes);
        NodeLogs = new(Changes);
        TokenRevocations = new(Changes);
    }

    public ChangeCount Changes { get; } = new();

    public StateTable<RingId, KeyRing> Rings { get; }

    public StateTable<OrgSlug, Organization> Organizations { get; }

    public StateTable<NodeId, NodeLog> NodeLogs { get; }

    public StateTable<RingId, TokenRevocations> TokenRevocations { get; }

    public RevocationFeed Feed => feed;

    /// <summary>Over with the next revocation.</summary>
    public Task NextRevocation => revocation.Task;

    public AuditRows Audit { get; private set; } = new();

    public Checkpoints Checkpoints { get; private set; } = Checkpoints.None;

    /// <summary>The notes over the anchors, and those.</summary>
    public Checkpoints Anchors { get; private set; } = Checkpoints.None;

    /// <summary>Entries were pruned that are still in the file this was read from.</summary>
    public bool Pruned { get; private set; }

    public ExportRows Exports { get; } = new();

    public UsedOnceRows UsedOnce { get; } = new();

    /// <summary>Where the owners know their chains to end.</summary>
    public IEnumerable<ChainHead> Heads =>
        Rings.All.Select(ring => new ChainHead(ring.State.Chain, ring.State.AuditHead))
            .Concat(Organizations.All.Select(org => new ChainHead(org.State.Chain, org.State.AuditHead)))
            .Concat(NodeLogs.All.Select(node => new ChainHead(node.State.Chain, node.State.AuditHead)))
            .Concat(TokenRevocations.All.Select(ring => new ChainHead(ring.State.Chain, ring.State.AuditHead)));

    public static CommitRow Change(KeyRing? old, KeyRing next, long version) =>
        new([], Ring: RingRow.Between(old, next, version));

    public static CommitRow Change(Organization? old, Organization next, long version) =>
        new([], Organization: OrganizationRow.Between(old, next, version));

    public static CommitRow Change(NodeLog? old, NodeLog next, long version) =>
        new([], NodeLog: NodeLogRow.Of(next, version));

    public static CommitRow Change(TokenRevocations? old, TokenRevocations next, long version) =>
        new([], TokenRevocations: TokenRevocationsRow.Of(next, version));

    /// <summary>Numbers what a commit revokes. What is over by then is forgotten: the file keeps it until it is compacted.</summary>
    /// <param name="now">When the commit was made.</param>
    public void Revoke(IReadOnlyList<Revocation> revocations, DateTimeOffset now)
    {
        if (revocations.Count == 0)
            return;
        feed = feed.With(revocations).Without(now);
        Interlocked.Exchange(ref revocation, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>From one thread at a time.</summary>
    /// <exception cref="FormatException">It does not follow from the last one.</exception>
    public void Put(CheckpointRow checkpoint) => Checkpoints = Checkpoints.With(checkpoint);

    /// <inheritdoc cref="Put"/>
    public void Prune(CheckpointRow anchors)
    {
        Anchors = Anchors.With(anchors);
        var left = Audit.Behind(anchors.Heads.ToDictionary(anchor => anchor.Chain, anchor => anchor.Seq, StringComparer.Ordinal));
        Pruned |= left.Count < Audit.Count;
        Audit = left;
    }

    /// <summary>The log at this moment: no commit is half in it.</summary>
    public AuditView View() => Audit.Read(() => new AuditView(Audit, Audit.Count, [.. Heads], Checkpoints, Anchors));

    /// <summary>Takes a commit out of the file.</summary>
    /// <exception cref="FormatException">It does not follow from this state.</exception>
    public void Apply(CommitRow commit)
    {
        foreach (var row in commit.Audit)
            Audit.Append(row);
        if (commit.Ring is { } ring)
            Apply(Rings, ring.Id, ring.Version, ring.ApplyTo);
        if (commit.Organization is { } organization)
            Apply(Organizations, organization.Slug, organization.Version, organization.ApplyTo);
        if (commit.NodeLog is { } node)
            Apply(NodeLogs, node.Id, node.Version, _ => node.ToLog());
        if (commit.TokenRevocations is { } tokens)
            Apply(TokenRevocations, tokens.Ring, tokens.Version, _ => tokens.ToState());
        if (commit.Revocations is { } revocations)
            Revoke([.. revocations.Select(Read)], commit.Audit is [{ } entry, ..] ? entry.Time : DateTimeOffset.MinValue);
        if (commit.Feed is { } part)
            feed = feed.With(part.Numbers.Zip(part.Entries, (number, row) => new FeedEntry(number, Read(row))), part.Last);
        if (commit.Checkpoint is { } checkpoint)
            Put(checkpoint);
        if (commit.Pruning is { } anchors)
            Prune(anchors);
        if (commit.Export is { } export)
            Exports.Put(export);
        if (commit.UsedOnce is { } used)
            UsedOnce.Put(used);
    }

    /// <summary>The commits that make this state from nothing: what a compacted journal holds, in JSON.</summary>
    public IEnumerable<byte[]> Commits() => AuditCommits().Concat(StateCommits());

    public IEnumerable<byte[]> StateCommits() =>
        Rings.All.Select(ring => Change(null, ring.State, ring.Version.Value))
            .Concat(Organizations.All.Select(org => Change(null, org.State, org.Version.Value)))
            .Concat(NodeLogs.All.Select(node => Change(null, node.State, node.Version.Value)))
            .Concat(TokenRevocations.All.Select(ring => Change(null, ring.State, ring.Version.Value)))
            .Concat(FeedCommits())
            .Concat(Checkpoints.Rows.Select(checkpoint => new CommitRow([], Checkpoint: checkpoint)))
            .Concat(Anchors.Rows.Select(anchors => new CommitRow([], Pruning: anchors)))
            .Concat(Exports.All.Select(export => new CommitRow([], Export: export)))
            .Concat(UsedOnce.All.Select(used => new CommitRow([], UsedOnce: used)))
            .Select(Json);

    private IEnumerable<CommitRow> FeedCommits() => feed.Since(0).Chunk(EntriesPerCommit).DefaultIfEmpty([]).Select(entries => new CommitRow(
        [], Feed: new FeedRow(feed.Last, [.. entries.Select(entry => entry.Number)], [.. entries.Select(entry => RevocationRow.Of(entry.Revocation))])));

    private static Revocation Read(RevocationRow row) =>
        row.TryRead(out var revocation) ? revocation : throw new FormatException($"Nobody knows what a revocation of a '{row.Kind}' is.");

    private IEnumerable<byte[]> AuditCommits() => Enumerable.Range(0, Audit.Count)
        .Chunk(EntriesPerCommit)
        .Select(positions => Json(new CommitRow([.. positions.Select(Audit.At)])));

    private static void Apply<TId, TState>(
        StateTable<TId, TState> states, TId id, long version, Func<TState?, TState> next)
        where TId : struct
        where TState : class
    {
        // The first line of an aggregate has any version: a compacted journal begins in the middle of its life.
        var old = states.Find(id);
        if (old is not null && version != old.Version.Value + 1)
            throw new FormatException($"Version {version} of '{id}' follows version {old.Version.Value}.");
        states.Put(id, new Stored<TState>(next(old?.State), new VersionToken(version)));
    }

    private static byte[] Json(CommitRow commit) => JsonSerializer.SerializeToUtf8Bytes(commit, RowJson.Default.CommitRow);
}
