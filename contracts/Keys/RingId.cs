using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Json;

namespace Tumbler.Contracts.Keys;

/// <summary>A key ring's id: a lower-case slug, because it stands in URLs and in setting names.</summary>
[JsonConverter(typeof(WireTextConverter<RingId>))]
public readonly record struct RingId : IWireText<RingId>
{
    private readonly string? value;

    private RingId(string value) => this.value = value;

    public static RingId Default { get; } = new("default");

    public string Value => value ?? throw new InvalidOperationException("An uninitialised ring id was used.");

    public static bool TryParse([NotNullWhen(true)] string? text, out RingId id)
    {
        var valid = text is not null && InputRules.IsRingId(text);
        id = valid ? new RingId(text!) : default;
        return valid;
    }

    public static RingId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no ring id.");

    public override string ToString() => Value;
}
