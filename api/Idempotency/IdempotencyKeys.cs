using Microsoft.AspNetCore.Http;
using Tumbler.Contracts.Input;

namespace Tumbler.Api.Idempotency;

internal static class IdempotencyKeys
{
    private const string Header = "Idempotency-Key";

    /// <summary>A key that can't be used must not look as if it were: the caller would repeat a change unprotected.</summary>
    public static void CheckIdempotencyKey(this InputCheck check, HttpRequest request)
    {
        if (request.Headers[Header] is { Count: > 0 } given && (given is not [{ } key] || !InputRules.IsIdempotencyKey(key)))
            check.Add(Header, "idempotency_key", $"{Header} must be one value of 1 to 128 printable ASCII characters without space.");
    }

    public static string? IdempotencyKey(this HttpRequest request) => request.Headers[Header] is [{ } key] ? key : null;
}
