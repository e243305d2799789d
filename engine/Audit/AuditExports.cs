using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Takes orders for exports and says what became of them.</summary>
public sealed class AuditExports(
    IStore store, AuditProofs proofs, OrganizationKeepers organizations, RingKeepers rings, ExportQueue queue, NodeId node, TimeProvider clock) : IAuditExports
{
    private static readonly Refusal NotThere = new(ErrorCode.NotFound, "There is no such file of this export.");

    public async Task<Result<AuditExport>> Start(OrgSlug? org, ExportAuditLog request, CallContext call)
    {
        if (request.Timestamp == true && proofs.Timestamps is null)
            return Refusal.Invalid("timestamp", "not_configured", "timestamp needs a time-stamping authority; Audit:TimestampUrl is not set.");
        var export = new AuditExport(
            Chance.Uuid(), org?.Value, clock.Now(), AuditExportStatus.Waiting,
            request.Timestamp == true ? AuditTimestampStatus.Requested : AuditTimestampStatus.NotRequested,
            Node: node.ToString());

        // First the entry, so that no copy leaves the log unseen. Dying here, the log tells of an export that never was.
        if (!(await Note(org, export, request, call)).TryGet(out var first, out var refusal))
            return refusal;

        // Asked for before under the same Idempotency-Key.
        if (first.Id != export.Id)
            return await store.Exports.Load(first.Id, CancellationToken.None) ?? first;

        queue.Announce(export.Id);
        if (await store.Exports.Save(export, CancellationToken.None) != SaveOutcome.Saved)
            return new Refusal(ErrorCode.Unavailable, "The store did not answer, and the export is not made. Try again.");
        queue.Add(export);
        return export;
    }

    private Task<Result<AuditExport>> Note(OrgSlug? org, AuditExport export, ExportAuditLog request, CallContext call) => org is { } slug
        ? organizations.Change(
            slug, (state, _) => OrganizationDecisions.Export(state, slug, export), new RepeatableRequest($"audit-logs.export {slug}", request), call)
        : rings.Change(
            RingId.Default,
            (state, now) => state is null ? Refusal.NotFound("ring", RingId.Default.Value) : WholeLog.Exported(state, export, now),
            (_, _) => export,
            new RepeatableRequest("audit-logs.export", request),
            call);

    public async Task<Result<AuditExport>> Get(Guid id) =>
        await store.Exports.Load(id, CancellationToken.None) is { } export ? export : Refusal.NotFound("export", id.ToString());

    public async Task<Result<Page<AuditExport>>> List(PageRequest page)
    {
        (DateTimeOffset, Guid)? before = null;
        if (page.Cursor is { } cursor && (before = Decode(cursor)) is null)
            return Refusal.Invalid("cursor", "cursor", "cursor must be the next_cursor of a page of this list.");

        // One more than asked for tells whether there is a next page.
        var found = await store.Exports.List(before, page.Limit + 1, CancellationToken.None);
        var shown = found.Take(page.Limit).ToArray();
        return new Page<AuditExport>(shown, found.Count > shown.Length ? Encode(shown[^1]) : null);
    }

    public async Task<Result<Stream>> Open(Guid id, string file)
    {
        if (!(await Get(id)).TryGet(out var export, out var refusal))
            return refusal;

        // Only names that we know get near a path.
        return export.Files?.Contains(file, StringComparer.Ordinal) == true && ExportFile.All.Contains(file, StringComparer.Ordinal)
            && proofs.Exports.Open(export.RequestedAt, export.Id, file) is { } stream
                ? stream
                : NotThere;
    }

    private static string Encode(AuditExport last) => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.RequestedAt.UtcTicks} {last.Id}")));

    private static (DateTimeOffset, Guid)? Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        if (Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) != OperationStatus.Done
            || Encoding.ASCII.GetString(bytes.AsSpan(0, length)).Split(' ') is not [var ticks, var id]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > DateTimeOffset.MaxValue.UtcTicks
            || !Guid.TryParseExact(id, "D", out var guid))
        {
            return null;
        }

        var last = new AuditExport(guid, null, new DateTimeOffset(at, TimeSpan.Zero), default, default);
        return Encode(last) == cursor ? (last.RequestedAt, last.Id) : null;
    }
}
