using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>Writes access tokens (RFC 9068) as compact JWTs.</summary>
public static class AccessTokenWriter
{
    // A thread writes one token at a time, so each keeps its buffers: a token costs no allocation but its result.
    [ThreadStatic]
    private static Scratch? scratch;

    /// <summary>The first segment of every token of a key, <c>{"alg","typ":"at+jwt","kid"}</c> in base64url: made once per key.</summary>
    public static byte[] HeaderSegment(Kid kid, JwsAlgorithm algorithm)
    {
        var json = $$"""{"alg":"{{SignatureScheme.For(algorithm).Name}}","typ":"at+jwt","kid":"{{kid}}"}""";
        return Base64Url.EncodeToUtf8(Encoding.ASCII.GetBytes(json));
    }

    /// <summary>The whole token as text.</summary>
    /// <param name="headerSegment">Of the same key as <paramref name="key"/>.</param>
    public static string Write(ReadOnlySpan<byte> headerSegment, AccessTokenClaims claims, PrivateKey key)
    {
        var token = (scratch ??= new Scratch()).Token;
        token.ResetWrittenCount();
        Write(headerSegment, claims, key, token);
        return Encoding.ASCII.GetString(token.WrittenSpan);
    }

    /// <summary>Appends the whole token to <paramref name="output"/>.</summary>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, AccessTokenClaims, PrivateKey)"/>
    public static void Write(
        ReadOnlySpan<byte> headerSegment, AccessTokenClaims claims, PrivateKey key, IBufferWriter<byte> output)
    {
        var token = WriteSigningInput(headerSegment, claims, 1 + Base64Url.GetEncodedLength(key.SignatureSize), output, out var end);
        token[end] = (byte)'.';

        Span<byte> signature = stackalloc byte[key.SignatureSize];
        key.Sign(token[..end], signature);
        Base64Url.EncodeToUtf8(signature, token[(end + 1)..]);
        output.Advance(token.Length);
    }

    /// <summary>Header and payload, which the signature is over, up to <paramref name="end"/>, and <paramref name="room"/> bytes for it.
    /// Nothing of it is in <paramref name="output"/> yet.</summary>
    internal static Span<byte> WriteSigningInput(
        ReadOnlySpan<byte> headerSegment, AccessTokenClaims claims, int room, IBufferWriter<byte> output, out int end)
    {
        var payload = WritePayload(scratch ??= new Scratch(), claims);
        end = headerSegment.Length + 1 + Base64Url.GetEncodedLength(payload.Length);

        var token = output.GetSpan(end + room)[..(end + room)];
        headerSegment.CopyTo(token);
        token[headerSegment.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, token[(headerSegment.Length + 1)..]);
        return token;
    }

    private static ReadOnlySpan<byte> WritePayload(Scratch scratch, AccessTokenClaims claims)
    {
        scratch.Payload.ResetWrittenCount();
        var json = scratch.Json;
        json.Reset();
        json.WriteStartObject();
        json.WriteString("iss", claims.Issuer);
        json.WriteString("sub", claims.Subject);
        WriteAudiences(json, claims.Audiences);
        json.WriteString("client_id", claims.ClientId);
        if (claims.Scope.Length > 0)
            json.WriteString("scope", claims.Scope);
        json.WriteString("org", claims.Organization);
        json.WriteString("jti", claims.TokenId);
        json.WriteNumber("iat", claims.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("nbf", claims.NotBefore.ToUnixTimeSeconds());
        json.WriteNumber("exp", claims.ExpiresAt.ToUnixTimeSeconds());
        if (claims.CertificateThumbprint is { } thumbprint)
        {
            json.WriteStartObject("cnf");
            json.WriteString("x5t#S256", thumbprint);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return scratch.Payload.WrittenSpan;
    }

    /// <summary>One audience as a plain string, as most verifiers expect it (RFC 7519 §4.1.3).</summary>
    private static void WriteAudiences(Utf8JsonWriter json, IReadOnlyList<string> audiences)
    {
        if (audiences.Count == 1)
        {
            json.WriteString("aud", audiences[0]);
            return;
        }

        json.WriteStartArray("aud");
        for (var i = 0; i < audiences.Count; i++)
            json.WriteStringValue(audiences[i]);
        json.WriteEndArray();
    }

    private sealed class Scratch
    {
        // A payload never stands in a page or script, so it needs no escapes for HTML.
        private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public Scratch() => Json = new Utf8JsonWriter(Payload, Options);

        public ArrayBufferWriter<byte> Payload { get; } = new(1024);

        public ArrayBufferWriter<byte> Token { get; } = new(2048);

        public Utf8JsonWriter Json { get; }
    }
}
