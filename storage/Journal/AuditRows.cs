using System.Text.Json;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <summary>The audit entries in the order of their commits, which no restart and no compaction changes; pruning alone moves
/// them. Each is kept as the bytes of its JSON: half the size of an object with its strings, and one thing for the collector
/// instead of twenty.</summary>
internal sealed class AuditRows
{
    /// <summary>Shared with what these rows become when they are pruned.</summary>
    private readonly Lock gate;
    private readonly List<byte[]> rows = [];
    private readonly Dictionary<string, List<int>> chains = new(StringComparer.Ordinal);

    public AuditRows() : this(new Lock())
    {
    }

    private AuditRows(Lock gate) => this.gate = gate;

    public int Count
    {
        get
        {
            lock (gate)
                return rows.Count;
        }
    }

    /// <summary>What they take in the file, but for the commas.</summary>
    public long Size { get; private set; }

    public string[] Chains
    {
        get
        {
            lock (gate)
                return [.. chains.Keys];
        }
    }

    public void Append(AuditRow row)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Default.AuditRow);
        lock (gate)
        {
            if (!chains.TryGetValue(row.Chain, out var positions))
                chains.Add(row.Chain, positions = []);
            positions.Add(rows.Count);
            rows.Add(json);
            Size += json.Length;
        }
    }

    /// <summary>Together with the state that they lead to: whoever reads one finds the other.</summary>
    public void Append(IReadOnlyList<AuditRow> entries, Action publish)
    {
        lock (gate)
        {
            foreach (var row in entries)
                Append(row);
            publish();
        }
    }

    /// <summary>What is asked while no commit is being published.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }

    /// <summary>The rows that are left behind the anchors, in their order. These here stay as they are, for who still reads
    /// them.</summary>
    public AuditRows Behind(IReadOnlyDictionary<string, long> anchors)
    {
        lock (gate)
        {
            var kept = new AuditRows(gate);
            for (var position = 0; position < rows.Count; position++)
            {
                var row = At(position);
                if (row.Seq > anchors.GetValueOrDefault(row.Chain))
                    kept.Append(row);
            }

            return kept;
        }
    }

    public AuditRow At(int position)
    {
        byte[] json;
        lock (gate)
            json = rows[position];
        return JsonSerializer.Deserialize(json, RowJson.Default.AuditRow)!;
    }

    /// <summary>Where the entries of a chain are, in their order.</summary>
    public int[] PositionsOf(string chain)
    {
        lock (gate)
            return chains.TryGetValue(chain, out var positions) ? [.. positions] : [];
    }
}
