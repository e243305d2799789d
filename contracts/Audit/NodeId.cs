using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Json;

namespace Tumbler.Contracts.Audit;

/// <summary>A node's name in the audit log. It outlives the process, because its chain of entries does.</summary>
[JsonConverter(typeof(WireTextConverter<NodeId>))]
public readonly record struct NodeId : IWireText<NodeId>
{
    private readonly string? value;

    private NodeId(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("An uninitialised node id was used.");

    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId id)
    {
        var valid = text is not null && InputRules.IsNodeId(text);
        id = valid ? new NodeId(text!) : default;
        return valid;
    }

    public static NodeId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no node id.");

    public override string ToString() => Value;
}
