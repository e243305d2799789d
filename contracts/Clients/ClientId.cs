using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Json;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Contracts.Clients;

/// <summary>The <c>client_id</c> of a registered client: <c>{org}_client_{random}</c>, the random part 20 base62 digits. No secret. It
/// names the organisation, whose slug may itself contain <c>_client_</c>; the random part can't, so the last one is the separator.</summary>
[JsonConverter(typeof(WireTextConverter<ClientId>))]
public readonly record struct ClientId : IWireText<ClientId>
{
    public const int RandomLength = 20;
    private const string Separator = "_client_";

    private readonly string? value;

    private ClientId(OrgSlug org, string value) => (Org, this.value) = (org, value);

    /// <summary>Whose client it says it is.</summary>
    public OrgSlug Org { get; }

    /// <param name="random"><see cref="RandomLength"/> base62 digits.</param>
    public static ClientId Of(OrgSlug org, string random) => Parse($"{org}{Separator}{random}");

    public static bool TryParse([NotNullWhen(true)] string? text, out ClientId id)
    {
        id = default;
        if (text is null || text.Length <= Separator.Length + RandomLength)
            return false;

        var head = text.AsSpan()[..^RandomLength];
        if (!head.EndsWith(Separator, StringComparison.Ordinal)
            || text.AsSpan()[^RandomLength..].ContainsAnyExcept(Base62)
            || !OrgSlug.TryParse(head[..^Separator.Length].ToString(), out var org))
        {
            return false;
        }

        id = new ClientId(org, text);
        return true;
    }

    public static ClientId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no client id.");

    public override string ToString() => value ?? throw new InvalidOperationException("An uninitialised client id was used.");

    private static readonly System.Buffers.SearchValues<char> Base62 =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
