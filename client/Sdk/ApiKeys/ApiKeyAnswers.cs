using System.Text.Json;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.ApiKeys;

/// <summary>Reads what <c>POST /api/v1/api-keys/verify</c> answers. What is not understood is no permission.</summary>
internal static class ApiKeyAnswers
{
    public static ApiKeyVerdict Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = StrictJson.ReadObject(utf8);
        if (document is null || !document.RootElement.TryGetProperty("valid", out var valid))
            return ApiKeyVerdict.Unavailable;
        var json = document.RootElement;
        return valid.ValueKind switch
        {
            JsonValueKind.True => Good(json),
            JsonValueKind.False => json.TextOf("reason") switch
            {
                "rate_limited" => new(ApiKeyResult.RateLimited),
                "address_not_allowed" or "audience_not_allowed" => new(ApiKeyResult.Forbidden),
                _ => ApiKeyVerdict.Refused,
            },
            _ => ApiKeyVerdict.Unavailable,
        };
    }

    private static ApiKeyVerdict Good(JsonElement json)
    {
        if ((json.TextOf("key_id") ?? json.TextOf("shared_key")) is not { Length: > 0 } subject)
            return ApiKeyVerdict.Unavailable;
        var scopes = json.TryGetProperty("scopes", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(scope => scope.AsText()).OfType<string>().ToArray()
            : [];
        return new(ApiKeyResult.Good, subject, json.TextOf("org"), scopes);
    }
}
