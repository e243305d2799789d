using Microsoft.AspNetCore.Http;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;

namespace Tumbler.Api.Problems;

/// <summary>The one place where reasons become status codes.</summary>
internal static class ProblemMap
{
    private const string TooMany = "Too many requests";

    public static Problem Of(Refusal refusal)
    {
        var (status, title) = refusal.Code switch
        {
            ErrorCode.InvalidInput => (StatusCodes.Status400BadRequest, "The request breaks an input rule"),
            ErrorCode.Unauthenticated => (StatusCodes.Status401Unauthorized, "No accepted credential"),
            ErrorCode.Forbidden => (StatusCodes.Status403Forbidden, "Not allowed with this credential"),
            ErrorCode.NotFound => (StatusCodes.Status404NotFound, "Not found"),
            ErrorCode.AlreadyExists => (StatusCodes.Status409Conflict, "The id is taken"),
            ErrorCode.Conflict => (StatusCodes.Status409Conflict, "The request contradicts the present state"),
            ErrorCode.Damaged => (StatusCodes.Status409Conflict, "The store was changed by another hand"),
            ErrorCode.IdempotencyKeyReused => (StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used before"),
            ErrorCode.RateLimited => (StatusCodes.Status429TooManyRequests, TooMany),
            ErrorCode.Unavailable => (StatusCodes.Status503ServiceUnavailable, "Not available at the moment"),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Code, "This code has no status."),
        };
        return new Problem(status, title, Names.SnakeCase(refusal.Code), refusal.Message, refusal.Fields);
    }

    /// <summary>For a gateway, which is told a status and why.</summary>
    public static Problem Refused(int status, string message) =>
        Of(new Refusal(status == StatusCodes.Status401Unauthorized ? ErrorCode.Unauthenticated : ErrorCode.Forbidden, message));

    /// <summary>In the place of another refusal: it does not say which.</summary>
    public static Problem TooManyFailures { get; } = new(
        StatusCodes.Status429TooManyRequests, TooMany, Names.SnakeCase(ErrorCode.RateLimited),
        "Too many credentials from this address were not accepted. Try again after the seconds that Retry-After names.", []);

    public static Problem ForeignOrigin { get; } = new(
        StatusCodes.Status403Forbidden, "Not allowed from this origin", "forbidden", "Pages of this origin may not send requests here; Cors:AllowedOrigins names those that may.", []);

    /// <summary>For what HTTP itself refuses, before or beside any decision of ours.</summary>
    public static Problem Of(int status)
    {
        var (title, error, message) = status switch
        {
            StatusCodes.Status400BadRequest => ("Bad request", "bad_request", "The request is not well-formed HTTP."),
            StatusCodes.Status404NotFound => ("Not found", "not_found", "There is nothing at this address."),
            StatusCodes.Status405MethodNotAllowed => ("Method not allowed", "method_not_allowed", "This address does not take this method; Allow names those it takes."),
            StatusCodes.Status408RequestTimeout => ("Request timeout", "request_timeout", "The request body came too slowly."),
            StatusCodes.Status413PayloadTooLarge => ("Content too large", "content_too_large", "The request body is larger than 102400 bytes."),
            StatusCodes.Status415UnsupportedMediaType => ("Unsupported media type", "unsupported_media_type", "The request body must be application/json in UTF-8, without a Content-Encoding."),
            >= 400 and < 500 => ("Bad request", "bad_request", "The request can't be answered."),
            _ => ("Internal error", "internal_error", "Something went wrong here, not in the request. The server's log has it under this error_id."),
        };
        return new Problem(status, title, error, message, []);
    }
}
