using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Tumbler.Core.Audit;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Clients;

/// <summary>A JWT by which a client says who it is (RFC 7523 §3, OpenID Connect Core 1.0 §9). Nothing in it is true before
/// <see cref="IsSignedBy"/> has said so; until then it only says whose keys to look for.</summary>
public sealed class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>What is used once has to be remembered for that long.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    private const int MaxTokenId = 256;

    // RFC 8725 §3.11: what is said to be something else is not taken for this. The last one is what newer clients write.
    private static readonly string?[] Types = [null, "JWT", "client-authentication+jwt"];

    private readonly byte[] signingInput;
    private readonly byte[] signature;

    private ClientAssertion(JwsHeader header, byte[] signingInput, byte[] signature) =>
        (Header, this.signingInput, this.signature) = (header, signingInput, signature);

    public JwsHeader Header { get; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required ImmutableArray<string> Audiences { get; init; }

    public required string TokenId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The later one of <c>nbf</c> and <c>iat</c>: what is said to be of the future is not yet true.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>False for anything that lacks a claim that must be there, or is signed by an algorithm that nobody may use.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClientAssertion? assertion)
    {
        assertion = null;
        if (text.Length > CompactJws.MaxSize
            || !CompactJws.TryParse(Encoding.UTF8.GetBytes(text), out var jws, out _)
            || !Types.Contains(jws.Header.Type, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        var (payload, signature) = (new byte[jws.Payload.Length], new byte[jws.Signature.Length]);
        if (!StrictBase64Url.TryDecode(jws.Payload, payload, out var length)
            || !StrictBase64Url.TryDecode(jws.Signature, signature, out var signatureLength)
            || !StrictJson.TryParseObject(payload.AsMemory(0, length), out var document))
        {
            return false;
        }

        using (document)
            return TryRead(document.RootElement, jws, signature[..signatureLength], out assertion);
    }

    /// <summary>By the key that it names; where it names none, by any that fits.</summary>
    public bool IsSignedBy(ClientKeySet keys) => Candidates(keys).Any(key => key.Verify(Header.Algorithm, signingInput, signature));

    /// <summary>Whether a newer set of keys may have what this one lacks.</summary>
    public bool NamesAKeyOf(ClientKeySet keys) => Candidates(keys).Any();

    /// <summary>What its claims break, or null.</summary>
    /// <param name="audiences">What this server is called. One that names others too is as good as theirs for passing on.</param>
    /// <param name="skew">By how much the client's clock may differ.</param>
    public SecurityReason? Fault(RegisteredClient client, IReadOnlyCollection<string> audiences, TimeSpan skew, DateTimeOffset now)
    {
        if (Issuer != client.Id.ToString() || Subject != Issuer)
            return SecurityReason.WrongAssertionIssuer;
        if (!Audiences.All(audiences.Contains))
            return SecurityReason.WrongAssertionAudience;
        if (now - skew >= ExpiresAt)
            return SecurityReason.ExpiredAssertion;
        if (now + skew < NotBefore)
            return SecurityReason.AssertionNotYetValid;
        return ExpiresAt > now + MaxLifetime + skew ? SecurityReason.LongAssertion : null;
    }

    /// <summary>From when on it is refused for its age, so that nobody has to remember it.</summary>
    public DateTimeOffset ForgottenAt(TimeSpan skew) => ExpiresAt + skew;

    private IEnumerable<ClientKey> Candidates(ClientKeySet keys) =>
        keys.Keys.Where(key => key.Fits(Header.Algorithm) && (Header.Kid is null || key.Kid == Header.Kid));

    private static bool TryRead(JsonElement json, CompactJws jws, byte[] signature, [NotNullWhen(true)] out ClientAssertion? assertion)
    {
        assertion = null;
        if (json.Text("iss") is not { } issuer
            || json.Text("sub") is not { } subject
            || json.Text("jti") is not { Length: > 0 and <= MaxTokenId } id
            || TextsOf(json, "aud") is not { } audiences
            || !TryInstant(json, "exp", DateTimeOffset.MinValue, out var expiresAt)
            || expiresAt == DateTimeOffset.MinValue
            || !TryInstant(json, "nbf", DateTimeOffset.MinValue, out var notBefore)
            || !TryInstant(json, "iat", DateTimeOffset.MinValue, out var issuedAt))
        {
            return false;
        }

        assertion = new ClientAssertion(jws.Header, jws.SigningInput.ToArray(), signature)
        {
            Issuer = issuer,
            Subject = subject,
            Audiences = audiences,
            TokenId = id,
            ExpiresAt = expiresAt,
            NotBefore = notBefore > issuedAt ? notBefore : issuedAt,
        };
        return true;
    }

    /// <summary>One string, or an array of at least one.</summary>
    private static ImmutableArray<string>? TextsOf(JsonElement json, string claim)
    {
        if (!json.TryGetProperty(claim, out var value))
            return null;
        if (value.Text() is { } one)
            return [one];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            return null;
        var all = value.EnumerateArray().Select(each => each.Text()).ToArray();
        return all.Contains(null) ? null : [.. all!];
    }

    /// <summary>Seconds since 1970, also with a fraction (RFC 7519 §2), which is cut off.</summary>
    private static bool TryInstant(JsonElement json, string claim, DateTimeOffset absent, out DateTimeOffset instant)
    {
        instant = absent;
        if (!json.TryGetProperty(claim, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number
            || !value.TryGetDouble(out var seconds)
            || seconds < 0
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        instant = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }
}
