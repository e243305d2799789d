using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Json;

namespace Tumbler.Contracts.Organizations;

/// <summary>An organisation's id: <c>^[a-zA-Z0-9_]{3,50}$</c>, case-sensitive, never given out twice.</summary>
[JsonConverter(typeof(WireTextConverter<OrgSlug>))]
public readonly record struct OrgSlug : IWireText<OrgSlug>
{
    private readonly string? value;

    private OrgSlug(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("An uninitialised organisation slug was used.");

    public static bool TryParse([NotNullWhen(true)] string? text, out OrgSlug slug)
    {
        var valid = text is not null && InputRules.IsSlug(text);
        slug = valid ? new OrgSlug(text!) : default;
        return valid;
    }

    public static OrgSlug Parse(string text) =>
        TryParse(text, out var slug) ? slug : throw new FormatException($"'{text}' is no organisation slug.");

    public override string ToString() => Value;
}
