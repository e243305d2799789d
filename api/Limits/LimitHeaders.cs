using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Contracts.Limits;

namespace Tumbler.Api.Limits;

internal static class LimitHeaders
{
    /// <summary>A key's limit and a route's may both be there: the tighter one is shown, or the one that refuses.</summary>
    public static void ShowLimit(this HttpContext http, QuotaState state, bool refused = false)
    {
        if (!refused && http.Features.Get<QuotaState>() is { } shown && shown.Remaining <= state.Remaining)
            return;
        http.Features.Set(state);
        http.RestoreLimit();
        if (refused)
            http.Response.Headers.RetryAfter = Text(state.Reset);
    }

    /// <summary>An API key's own limit is used up.</summary>
    public static void RefuseByKey(this HttpContext http, QuotaState limit)
    {
        http.ShowLimit(limit, refused: true);
        http.RequestServices.GetRequiredService<Limited>().Note(http, Limited.ByApiKey);
    }

    /// <summary>After an answer was begun anew.</summary>
    public static void RestoreLimit(this HttpContext http)
    {
        if (http.Features.Get<QuotaState>() is not { } state)
            return;
        var headers = http.Response.Headers;
        headers["X-RateLimit-Limit"] = Text(state.Limit);
        headers["X-RateLimit-Remaining"] = Text(state.Remaining);
        headers["X-RateLimit-Reset"] = Text(state.Reset);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
