using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Json;

namespace Tumbler.Contracts.Keys;

/// <summary>A signing key's id (RFC 7517 §4.5): a version 4 UUID in its lower-case text form.</summary>
[JsonConverter(typeof(WireTextConverter<Kid>))]
public readonly record struct Kid : IWireText<Kid>
{
    private readonly Guid value;

    public Kid(Guid value) => this.value = value;

    public static bool TryParse([NotNullWhen(true)] string? text, out Kid kid)
    {
        var valid = Guid.TryParseExact(text, "D", out var guid);
        kid = new Kid(guid);
        return valid;
    }

    public static Kid Parse(string text) =>
        TryParse(text, out var kid) ? kid : throw new FormatException($"'{text}' is no kid.");

    public override string ToString() => value.ToString("D");
}
