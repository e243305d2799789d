using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Limits;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Api.Tokens;

/// <summary>The token endpoint's answers, to the letter of RFC 6749 §5.</summary>
internal static class TokenJson
{
    private const string Challenge = "Basic realm=\"tumbler\", charset=\"UTF-8\"";

    // It is never put into HTML: no script, no escapes.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText AccessToken = JsonEncodedText.Encode("access_token");
    private static readonly JsonEncodedText TokenType = JsonEncodedText.Encode("token_type");
    private static readonly JsonEncodedText Bearer = JsonEncodedText.Encode("Bearer");
    private static readonly JsonEncodedText ExpiresIn = JsonEncodedText.Encode("expires_in");
    private static readonly JsonEncodedText Scope = JsonEncodedText.Encode("scope");

    public static Task WriteToken(this HttpContext http, IssuedToken token)
    {
        if (token.RateLimit is { } limit)
            http.ShowLimit(limit);
        using var json = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        json.WriteStartObject();
        json.WriteString(AccessToken, token.AccessToken);
        json.WriteString(TokenType, Bearer);
        json.WriteNumber(ExpiresIn, token.ExpiresIn);
        // RFC 6749 §A.4: a scope that is named has at least one character.
        if (token.Scope.Length > 0)
            json.WriteString(Scope, token.Scope);
        json.WriteEndObject();
        return Send(http, StatusCodes.Status200OK, json);
    }

    public static Task WriteOAuthError(this HttpContext http, OAuthError error)
    {
        var status = error.Code switch
        {
            OAuthErrorCode.InvalidClient => http.IsOneTooMany() ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized,
            _ when error.RateLimit is not null => StatusCodes.Status429TooManyRequests,
            OAuthErrorCode.TemporarilyUnavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
        // RFC 6749 §5.2 asks for it when the client used the header, RFC 9110 §15.5.2 on every 401.
        if (status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = Challenge;
        if (status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = ProblemAnswer.RetryAfter;
        if (error.RateLimit is { } limit)
            http.RefuseByKey(limit);

        using var json = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        json.WriteStartObject();
        json.WriteString("error", Names.SnakeCase(error.Code));
        json.WriteString("error_description", error.Description);
        json.WriteEndObject();
        return Send(http, status, json);
    }

    private static Task Send(HttpContext http, int status, Utf8JsonWriter json)
    {
        json.Flush();
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = json.BytesCommitted;
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        var sent = response.BodyWriter.FlushAsync();
        return sent.IsCompletedSuccessfully ? Task.CompletedTask : sent.AsTask();
    }
}
