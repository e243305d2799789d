using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Json;

namespace Tumbler.Contracts.ApiKeys;

/// <summary>An API key's public id, a version 4 UUID. At the token endpoint it is the <c>client_id</c>.</summary>
[JsonConverter(typeof(WireTextConverter<ApiKeyId>))]
public readonly record struct ApiKeyId : IWireText<ApiKeyId>
{
    private readonly Guid value;

    public ApiKeyId(Guid value) => this.value = value;

    public static bool TryParse([NotNullWhen(true)] string? text, out ApiKeyId id)
    {
        var valid = Guid.TryParseExact(text, "D", out var guid);
        id = new ApiKeyId(guid);
        return valid;
    }

    public static ApiKeyId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no API key id.");

    public override string ToString() => value.ToString("D");
}
