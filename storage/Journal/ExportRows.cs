using System.Collections.Immutable;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>The durable states of the exports.</summary>
internal sealed class ExportRows
{
    private volatile ImmutableDictionary<Guid, ExportRow> exports = ImmutableDictionary<Guid, ExportRow>.Empty;

    public IEnumerable<ExportRow> All => exports.Values;

    public ExportRow? Find(Guid id) => exports.GetValueOrDefault(id);

    /// <summary>From one thread at a time.</summary>
    public void Put(ExportRow row) => exports = exports.SetItem(row.Id, row);
}
