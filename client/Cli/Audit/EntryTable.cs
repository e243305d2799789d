using Tumbler.Cli.Terminals;
using Table = Tumbler.Cli.Terminals.Table;

namespace Tumbler.Cli.Audit;

/// <summary>Entries, a line each.</summary>
internal static class EntryTable
{
    public static Table Of(IEnumerable<ShownEntry> entries)
    {
        var table = new Table("time", "status", "action", "resource", "actor", "org", "entry");
        foreach (var entry in entries)
            table.Row(entry.Time, Status(entry), entry.Action, Resource(entry), Actor(entry), entry.Org, Place(entry));
        return table;
    }

    /// <summary>For one that stands alone: entries that come one by one have no common width.</summary>
    public static string Line(ShownEntry entry) =>
        $"{Terminal.Time(entry.Time)}  {entry.Status}  {entry.Action} {Resource(entry)}  by {Actor(entry)}{(entry.Org is null ? "" : $" of {entry.Org}")}  {Place(entry)}{Why(entry)}";

    private static Cell Status(ShownEntry entry) => new(entry.Status, entry.Status == "SUCCESS" ? Cell.Quiet : Cell.Bad);

    private static string Resource(ShownEntry entry) => $"{entry.ResourceType}/{entry.ResourceId}";

    private static string Actor(ShownEntry entry) => entry.Actor is null ? "-" : $"{entry.Actor.Type}:{entry.Actor.Id}";

    private static string Place(ShownEntry entry) => $"{entry.Chain}#{entry.Seq}";

    private static string Why(ShownEntry entry) =>
        entry.Details?.TryGetValue("reason", out var reason) == true && reason.GetString() is { Length: > 0 } text ? $"  ({text})" : "";
}
