using System.Text.Json;

namespace Tumbler.Cli.Audit;

/// <summary>An entry as people are shown it. In words and not in enumerations, so that a newer server's actions are shown too.</summary>
internal sealed record ShownEntry(
    string Chain,
    long Seq,
    DateTimeOffset Time,
    string? Org,
    ShownEntry.Somebody? Actor,
    string Action,
    string ResourceType,
    string ResourceId,
    string Status,
    string RequestId,
    string Source,
    IReadOnlyDictionary<string, JsonElement>? Details)
{
    /// <summary>What no other entry has.</summary>
    public (string Chain, long Seq) Place => (Chain, Seq);

    internal sealed record Somebody(string Type, string Id);
}
