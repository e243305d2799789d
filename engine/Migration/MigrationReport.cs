using Tumbler.Contracts.Migration;
using Tumbler.Core.Migration;

namespace Tumbler.Engine.Migration;

/// <summary>Makes one report of what the nodes have counted.</summary>
public static class MigrationReport
{
    /// <param name="nodes">Null for one that did not answer.</param>
    public static MigrationView Of(SharedKeySetup setup, IReadOnlyList<(string Name, NodeMigration? Counted)> nodes)
    {
        var uses = UseTally.Of(nodes.SelectMany(node => node.Counted?.Counts ?? []));
        return new MigrationView(
            setup.Plan.Phase,
            [.. setup.Plan.Services.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => new ServicePhase(each.Key, each.Value))],
            setup.Plan.Sunset,
            [.. setup.Keys.Keys.Order(StringComparer.Ordinal)],
            [.. uses.Take(UseTally.MostShown)],
            uses.Count,
            [.. nodes.Select(node => new MigrationSilo(node.Name, node.Counted?.Since)).OrderBy(silo => silo.Name, StringComparer.Ordinal)]);
    }
}
