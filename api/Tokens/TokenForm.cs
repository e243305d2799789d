using System.Buffers;
using System.Text;

namespace Tumbler.Api.Tokens;

/// <summary>The fields of a token request (RFC 6749 §4.4.2, §2.3.1; RFC 7521 §4.2; RFC 8707 §2) and of one about a token (RFC 7662 §2.1, RFC 7009
/// §2.1). Null where the request has none;
/// without a value counts as absent, and what we don't know is ignored (RFC 6749 §3.2).</summary>
internal struct TokenForm
{
    public const string ClientCredentials = "client_credentials";

    // Enough for every request but those with hundreds of scopes.
    private const int OnStack = 512;

    private List<string>? resources;

    public string? GrantType { get; private set; }

    public string? Scope { get; private set; }

    public string? ClientId { get; private set; }

    public string? ClientSecret { get; private set; }

    public string? Token { get; private set; }

    public string? AssertionType { get; private set; }

    public string? Assertion { get; private set; }

    public readonly IReadOnlyList<string> Resources => resources is null ? [] : resources;

    /// <param name="fault">Why not, in the characters of RFC 6749 §5.2.</param>
    public static bool TryParse(ReadOnlySpan<byte> body, out TokenForm form, out string? fault)
    {
        byte[]? rented = null;
        var scratch = body.Length <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(body.Length);
        try
        {
            form = default;
            fault = form.Read(body, scratch);
            return fault is null;
        }
        finally
        {
            // The secret has passed through here.
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private string? Read(ReadOnlySpan<byte> body, Span<byte> scratch)
    {
        var seen = Fields.None;
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
                continue;
            var end = pair.IndexOf((byte)'=');
            var name = end < 0 ? pair : pair[..end];
            var value = end < 0 ? [] : pair[(end + 1)..];
            if (!FormDecoding.TryDecode(name, scratch, out var nameLength)
                || !FormDecoding.TryDecode(value, scratch[nameLength..], out var valueLength))
            {
                return "The form has a broken percent-encoding or is not UTF-8.";
            }

            var field = FieldOf(scratch[..nameLength]);
            if ((seen & field & ~Fields.Resource) != 0)
                return "A parameter is given twice.";
            seen |= field;
            if (valueLength > 0)
                Set(field, scratch.Slice(nameLength, valueLength));
        }

        return null;
    }

    private void Set(Fields field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case Fields.GrantType:
                GrantType = value.SequenceEqual("client_credentials"u8) ? ClientCredentials : Encoding.UTF8.GetString(value);
                break;
            case Fields.Scope:
                Scope = Encoding.UTF8.GetString(value);
                break;
            case Fields.ClientId:
                ClientId = Encoding.UTF8.GetString(value);
                break;
            case Fields.ClientSecret:
                ClientSecret = Encoding.UTF8.GetString(value);
                break;
            case Fields.Token:
                Token = Encoding.UTF8.GetString(value);
                break;
            case Fields.AssertionType:
                AssertionType = Encoding.UTF8.GetString(value);
                break;
            case Fields.Assertion:
                Assertion = Encoding.UTF8.GetString(value);
                break;
            case Fields.Resource:
                (resources ??= []).Add(Encoding.UTF8.GetString(value));
                break;
        }
    }

    private static Fields FieldOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("grant_type"u8) ? Fields.GrantType
        : name.SequenceEqual("scope"u8) ? Fields.Scope
        : name.SequenceEqual("client_id"u8) ? Fields.ClientId
        : name.SequenceEqual("client_secret"u8) ? Fields.ClientSecret
        : name.SequenceEqual("client_assertion_type"u8) ? Fields.AssertionType
        : name.SequenceEqual("client_assertion"u8) ? Fields.Assertion
        : name.SequenceEqual("resource"u8) ? Fields.Resource
        : name.SequenceEqual("token"u8) ? Fields.Token
        : name.SequenceEqual("token_type_hint"u8) ? Fields.TokenTypeHint
        : Fields.None;

    [Flags]
    private enum Fields
    {
        None = 0,
        GrantType = 1,
        Scope = 2,
        ClientId = 4,
        ClientSecret = 8,
        Resource = 16,
        Token = 32,

        /// <summary>There is one type of tokens here, so a hint at another one misleads nobody.</summary>
        TokenTypeHint = 64,

        AssertionType = 128,
        Assertion = 256,
    }
}
