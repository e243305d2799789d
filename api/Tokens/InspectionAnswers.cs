using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Api.Tokens;

/// <summary>What is said about tokens, to the letter of RFC 7662 §2.2 and RFC 7009 §2.2.</summary>
internal static class InspectionAnswers
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="status">Null for <c>active: false</c>, which says nothing else.</param>
    public static Task WriteStatus(this HttpContext http, TokenStatus? status)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteBoolean("active", status is not null);
        if (status is not null)
            Write(json, status);
        json.WriteEndObject();
        json.Flush();

        NoStore(http);
        http.Response.ContentType = MediaTypes.Json;
        http.Response.ContentLength = buffer.WrittenCount;
        return http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted).AsTask();
    }

    public static void WriteRevoked(this HttpContext http, Spread? spread)
    {
        NoStore(http);
        http.Response.ContentLength = 0;
        if (spread is not null)
            Answer.WriteSpread(http.Response.Headers, spread);
    }

    private static void Write(Utf8JsonWriter json, TokenStatus status)
    {
        if (status.Scope.Length > 0)
            json.WriteString("scope", status.Scope);
        json.WriteString("client_id", status.ClientId);
        json.WriteString("token_type", "Bearer");
        json.WriteNumber("exp", status.ExpiresAt.ToUnixTimeSeconds());
        json.WriteNumber("iat", status.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("nbf", status.NotBefore.ToUnixTimeSeconds());
        json.WriteString("sub", status.Subject);
        if (status.Audiences is [var only])
        {
            json.WriteString("aud", only);
        }
        else
        {
            json.WriteStartArray("aud");
            foreach (var audience in status.Audiences)
                json.WriteStringValue(audience);
            json.WriteEndArray();
        }

        json.WriteString("iss", status.Issuer);
        json.WriteString("jti", status.TokenId);
        json.WriteString("org", status.Organization);
        if (status.CertificateThumbprint is { } thumbprint)
        {
            json.WriteStartObject("cnf");
            json.WriteString("x5t#S256", thumbprint);
            json.WriteEndObject();
        }
    }

    private static void NoStore(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
    }
}
